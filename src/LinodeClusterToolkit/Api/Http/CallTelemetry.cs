using System.Diagnostics;
using System.Diagnostics.Metrics;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Tells of API calls: how many, how they ended, how long they took, and how long calls waited for a rate limit.</summary>
internal static class CallTelemetry
{
    private static readonly Counter<long> Calls = Telemetry.Meter.CreateCounter<long>(
        "lct.api.calls", "{call}", "Requests sent, repeats included, by rate limit and class of status.");

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram(
        "lct.api.duration", "s", "Time from sending a request to the end of its answer.", null, Telemetry.Seconds);

    private static readonly Histogram<double> Wait = Telemetry.Meter.CreateHistogram(
        "lct.api.wait", "s", "Time that calls were held back for a rate limit; those that were not are not counted.", null, Telemetry.Seconds);

    private static readonly string[] Limits = [.. Enum.GetNames<LimitClass>().Select(Snake)];

    /// <summary>One try, as an activity of its own; null where nobody listens.</summary>
    public static Activity? Begin(ApiCall call)
    {
        // The path alone: a query may hold somebody's labels.
        var activity = Telemetry.Source.StartActivity($"api {call.Method}", ActivityKind.Client);
        return activity?.SetTag("http.request.method", call.Method.Method).SetTag("url.path", call.Path).SetTag("lct.api.limit", Limits[(int)call.Limit]);
    }

    /// <summary>How the try ended.</summary>
    /// <param name="activity">From <see cref="Begin"/>.</param>
    /// <param name="call">The call.</param>
    /// <param name="status">The answer's; null where none came.</param>
    /// <param name="took">How long it took.</param>
    public static void End(Activity? activity, ApiCall call, int? status, TimeSpan took)
    {
        var limit = new KeyValuePair<string, object?>("lct.api.limit", Limits[(int)call.Limit]);
        Calls.Add(1, limit, new("lct.api.status", ClassOf(status)));
        Duration.Record(took.TotalSeconds, limit);
        activity?.SetTag("http.response.status_code", status).SetStatus(status is null or >= 400 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
    }

    /// <summary>A call was held back until its rate limit had room.</summary>
    public static void Waited(ApiCall? call, TimeSpan time) =>
        Wait.Record(time.TotalSeconds, new KeyValuePair<string, object?>("lct.api.limit", Limits[(int)(call?.Limit ?? LimitClass.Other)]));

    private static string ClassOf(int? status) => status switch
    {
        null => "none",
        429 => "429", // apart from other refusals: it says that somebody else uses the account
        < 300 => "2xx",
        < 400 => "3xx",
        < 500 => "4xx",
        _ => "5xx",
    };

    private static string Snake(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
