using System.Globalization;
using System.Net.Http.Headers;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>One try: a request out, its answer read to the end, a line for the log.</summary>
/// <param name="clients">Gives what sends.</param>
/// <param name="counters">Count each try.</param>
/// <param name="time">Measures how long it took.</param>
/// <param name="log">Gets a line a try; null for none.</param>
/// <param name="understand">Puts right the status where an API says in the body what others say with it; null where the status is right.</param>
internal sealed class HttpSender(
    Func<HttpClient> clients, CallCounters counters, TimeProvider time, Action<string>? log, Func<HttpAnswer, HttpAnswer>? understand = null)
{
    private static readonly ProductInfoHeaderValue Agent = new(
        "linode-cluster-toolkit", typeof(HttpSender).Assembly.GetName().Version?.ToString(3) ?? "0");

    public async Task<HttpAnswer> SendAsync(ApiCall call, CancellationToken cancellation)
    {
        var body = call.Body?.Write();
        using var request = Request(call, body);
        var start = time.GetTimestamp();
        counters.Called();
        using var activity = CallTelemetry.Begin(call);
        int? status = null;
        try
        {
            using var response = await clients().SendAsync(request, cancellation).ConfigureAwait(false);
            var content = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            var received = new HttpAnswer((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, content);
            Log(call, body, start, $"{received.Status}", received);
            var answer = understand?.Invoke(received) ?? received;
            status = answer.Status;
            if (answer.Status == 429)
            {
                counters.Refused();
            }

            return answer;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var kind = exception is HttpRequestException { HttpRequestError: var error } ? error.ToString() : exception.GetType().Name;
            Log(call, body, start, $"failed ({kind})", null);
            throw;
        }
        finally
        {
            CallTelemetry.End(activity, call, status, time.GetElapsedTime(start));
        }
    }

    private static HttpRequestMessage Request(ApiCall call, byte[]? body)
    {
        var request = new HttpRequestMessage(call.Method, call.Url);
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Accept.Add(new("application/json"));
        if (call.Token is { } token)
        {
            request.Headers.Authorization = new("Bearer", token.Reveal());
        }

        if (call.Filter is { } filter)
        {
            request.Headers.Add("X-Filter", filter);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new(call.Body!.MediaType) } };
        }

        return request;
    }

    private void Log(ApiCall call, byte[]? body, long start, string outcome, HttpAnswer? answer)
    {
        if (log is null)
        {
            return;
        }

        var filter = call.Filter is { } header ? $" X-Filter {header}" : "";
        var sent = body is { Length: > 0 } ? $" {call.Body!.Masked(body)}" : "";
        var told = answer is { Body.IsEmpty: false } ? $" {BodyMask.Apply(answer.Body)}" : "";
        var took = time.GetElapsedTime(start).TotalMilliseconds;
        log(string.Create(CultureInfo.InvariantCulture, $"{call.Method} {call.Url.PathAndQuery}{filter}{sent} -> {outcome} {took:0} ms{told}"));
    }
}
