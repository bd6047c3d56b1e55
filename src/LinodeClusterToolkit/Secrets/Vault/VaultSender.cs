using System.Globalization;
using System.Net.Http.Headers;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>One try: a request out, sent on by hand where a standby says so, its answer read to the end, a line for the log.</summary>
internal sealed class VaultSender(VaultPlace place, Func<HttpClient> clients, TimeProvider time, Action<string>? log)
{
    private const int MostHops = 3;

    private static readonly ProductInfoHeaderValue Agent = new(
        "linode-cluster-toolkit", typeof(VaultSender).Assembly.GetName().Version?.ToString(3) ?? "0");

    public async Task<VaultAnswer> SendAsync(VaultCall call, Sensitive? token, CancellationToken cancellation)
    {
        var url = new Uri(place.Address, call.Path + call.Query);
        for (var hops = 0; ; hops++)
        {
            var answer = await SendAsync(call, url, token, cancellation).ConfigureAwait(false);
            if (answer.Status is not (301 or 302 or 303 or 307 or 308))
            {
                return answer;
            }

            // Only these two keep method and body; and who sends on and on leads nowhere.
            url = answer.Status is 307 or 308 && hops < MostHops && place.Onward(url, answer.Location) is { } next
                ? next
                : throw new LinodeToolkitException(VaultProblems.Refused(call.Name, answer.Location));
        }
    }

    private async Task<VaultAnswer> SendAsync(VaultCall call, Uri url, Sensitive? token, CancellationToken cancellation)
    {
        using var request = Request(call, url, token);
        var start = time.GetTimestamp();
        try
        {
            using var response = await clients().SendAsync(request, cancellation).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            var answer = new VaultAnswer((int)response.StatusCode, body)
            {
                Location = response.Headers.Location,
                RetryAfter = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null,
            };
            Log(call, url, start, $"{answer.Status}");
            return answer with { Said = VaultWords.Of(answer.Errors, token is null ? call.Hidden : [token, .. call.Hidden]) };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var kind = exception is HttpRequestException { HttpRequestError: var error } ? error.ToString() : exception.GetType().Name;
            Log(call, url, start, $"failed ({kind})");
            throw;
        }
    }

    private HttpRequestMessage Request(VaultCall call, Uri url, Sensitive? token)
    {
        var request = new HttpRequestMessage(call.Method, url);
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Add("X-Vault-Request", "true");
        if (place.Namespace is { } inside)
        {
            request.Headers.Add("X-Vault-Namespace", inside);
        }

        if (token is not null)
        {
            request.Headers.Add("X-Vault-Token", token.Reveal());
        }

        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        }

        return request;
    }

    // Neither headers nor bodies: nearly all of them is secret.
    private void Log(VaultCall call, Uri url, long start, string outcome)
    {
        var took = time.GetElapsedTime(start).TotalMilliseconds;
        log?.Invoke(string.Create(
            CultureInfo.InvariantCulture, $"{call.Method} {url.GetLeftPart(UriPartial.Authority)} {call.Path}{call.Query} -> {outcome} {took:0} ms"));
    }
}
