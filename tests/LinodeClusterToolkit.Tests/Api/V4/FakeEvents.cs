using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V4;

/// <summary>An event stream: answers polls with what their filter asks for, as the API would.</summary>
internal sealed partial class FakeEvents
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, string> events = [];
    private int failing;

    public FakeEvents() => Api = new FakeApi((request, _) => Answer(request));

    public FakeApi Api { get; }

    public int EventsSent { get; private set; }

    public HttpResponseMessage? Failure { get; set; }

    public void Set(long id, long node, string action, string status, long? subject = null, string? message = null) => SetJson(
        id,
        $$"""
        {"id":{{id}},"action":"{{action}}","status":"{{status}}","entity":{"id":{{node}},"type":"linode"},"created":"2026-01-01T00:00:00",
         "secondary_entity":{{(subject is null ? "null" : $$"""{"id":{{subject}},"type":"disk"}""")}},
         "message":{{(message is null ? "null" : $"\"{message}\"")}}}
        """);

    public void SetJson(long id, string json)
    {
        lock (gate)
        {
            events[id] = json;
        }
    }

    public void FailNext(int polls) => failing = polls;

    private HttpResponseMessage Answer(SeenRequest request)
    {
        lock (gate)
        {
            if (Failure is not null)
            {
                return Failure;
            }

            if (failing-- > 0)
            {
                return FakeApi.Error(400, "Stats are unavailable at this time.");
            }

            using var filter = JsonDocument.Parse(request.Filter!);
            var fits = Condition(filter.RootElement);
            var fitting = events.Where(one => fits(one.Key)).Select(one => one.Value).ToList();
            var page = int.Parse(PageNumber().Match(request.PathAndQuery).Groups[1].Value, CultureInfo.InvariantCulture);
            var chosen = filter.RootElement.TryGetProperty("+order", out _) ? Enumerable.Reverse(fitting) : fitting;
            var sent = chosen.Skip((page - 1) * 500).Take(500).ToList();
            EventsSent += sent.Count;
            return FakeApi.Page(string.Join(",", sent), page, Math.Max(1, (fitting.Count + 499) / 500));
        }
    }

    private static Func<long, bool> Condition(JsonElement filter)
    {
        if (filter.TryGetProperty("+or", out var any))
        {
            var all = any.EnumerateArray().Select(Condition).ToList();
            return id => all.Exists(one => one(id));
        }

        if (!filter.TryGetProperty("id", out var wanted))
        {
            return _ => true;
        }

        var number = wanted.ValueKind == JsonValueKind.Number ? wanted.GetInt64() : wanted.GetProperty("+gte").GetInt64();
        return wanted.ValueKind == JsonValueKind.Number ? id => id == number : id => id >= number;
    }

    [GeneratedRegex(@"[?&]page=(\d+)")]
    private static partial Regex PageNumber();
}
