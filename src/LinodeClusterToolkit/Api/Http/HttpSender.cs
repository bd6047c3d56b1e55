using System.Globalization;
using System.Net.Http.Headers;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>One try: a request out, its answer read to the end, a line for the log.</summary>
internal sealed class HttpSender(Func<HttpClient> clients, CallCounters counters, TimeProvider time, Action<string>? log)
{
    private static readonly ProductInfoHeaderValue Agent = new(
        "linode-cluster-toolkit", typeof(HttpSender).Assembly.GetName().Version?.ToString(3) ?? "0");

    public async Task<HttpAnswer> SendAsync(ApiCall call, CancellationToken cancellation)
    {
        using var request = Request(call);
        var start = time.GetTimestamp();
        counters.Called();
        using var activity = CallTelemetry.Begin(call);
        int? status = null;
        try
        {
            using var response = await clients().SendAsync(request, cancellation).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            var answer = new HttpAnswer((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, body);
            status = answer.Status;
            if (answer.Status == 429)
            {
                counters.Refused();
            }

            Log(call, start, $"{answer.Status}", answer);
            return answer;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var kind = exception is HttpRequestException { HttpRequestError: var error } ? error.ToString() : exception.GetType().Name;
            Log(call, start, $"failed ({kind})", null);
            throw;
        }
        finally
        {
            CallTelemetry.End(activity, call, status, time.GetElapsedTime(start));
        }
    }

    private static HttpRequestMessage Request(ApiCall call)
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

        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        }

        return request;
    }

    private void Log(ApiCall call, long start, string outcome, HttpAnswer? answer)
    {
        var filter = call.Filter is { } header ? $" X-Filter {header}" : "";
        var took = time.GetElapsedTime(start).TotalMilliseconds;
        log?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"{call.Method} {call.Url.PathAndQuery}{filter}{Masked(call.Body)} -> {outcome} {took:0} ms{Masked(answer?.Body)}"));
    }

    private static string Masked(ReadOnlyMemory<byte>? body) => body is { Length: > 0 } bytes ? $" {BodyMask.Apply(bytes)}" : "";
}
