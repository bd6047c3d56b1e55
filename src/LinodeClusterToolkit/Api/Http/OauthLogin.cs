using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>What the login server gave for a refresh token.</summary>
/// <param name="Access">The token to call the API with.</param>
/// <param name="Refresh">The next refresh token; null where the old one stays good.</param>
internal sealed record OauthTokens(Sensitive Access, Sensitive? Refresh);

/// <summary>Has an OAuth token renewed at the login server, as RFC 6749 says in section 6.</summary>
internal sealed class OauthLogin(V4Options options) : IDisposable
{
    private const string Path = "oauth/token";
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9)];
    private readonly HttpClient http =
        new(options.Handler ?? ApiHandler.Create(options.CertificateAuthority), disposeHandler: options.Handler is null) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Linode's login server for Linode's API; what stands in for the API answers in its place.</summary>
    public Uri Address { get; } = ApiAddress.LoginFor(options.ApiUrl);

    /// <summary>New tokens; null where the refresh token is none, or none any more.</summary>
    /// <exception cref="LinodeToolkitException">LCT3013: the login server refuses the application, or does not answer.</exception>
    public async Task<OauthTokens?> RenewAsync(Sensitive refresh, Sensitive id, Sensitive secret, CancellationToken cancellation)
    {
        for (var round = 0; ; round++)
        {
            var (tokens, why, again) = await TryAsync(refresh, id, secret, cancellation).ConfigureAwait(false);
            if (why is null)
            {
                return tokens;
            }

            if (!again || round == Pauses.Length)
            {
                throw new LinodeToolkitException(ApiProblems.NotRenewed(Address, why));
            }

            await Task.Delay(Pauses[round], options.Time, cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose() => http.Dispose();

    // A refresh token is good once: asked again is only where it certainly was not used.
    private async Task<(OauthTokens? Tokens, string? Why, bool Again)> TryAsync(
        Sensitive refresh, Sensitive id, Sensitive secret, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "refresh_token"), new("refresh_token", refresh.Reveal()), new("client_id", id.Reveal()),
            new("client_secret", secret.Reveal()),
        ]);
        try
        {
            using var answer = await http.PostAsync(new Uri(Address, Path), form, cancellation).ConfigureAwait(false);
            options.HttpLog?.Invoke($"POST {Address}{Path} -> {(int)answer.StatusCode}");
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            var reply = JsonSerializer.Deserialize(body, OauthJson.Default.OauthReply);
            return (answer.StatusCode, reply) switch
            {
                (HttpStatusCode.OK, { AccessToken: { Length: > 0 } access }) => (
                    new(new(access), reply.RefreshToken is { Length: > 0 } next ? new(next) : null), null, false),
                (HttpStatusCode.BadRequest, { Error: "invalid_grant" }) => (null, null, false),
                (HttpStatusCode.TooManyRequests, _) => (null, "it refuses further calls for a while (429)", true),
                _ => (null, $"it answered {(int)answer.StatusCode} {reply?.Error}".TrimEnd(), (int)answer.StatusCode >= 500),
            };
        }
        catch (JsonException)
        {
            return (null, "its answer cannot be read", false);
        }
        catch (HttpRequestException lost)
        {
            options.HttpLog?.Invoke($"POST {Address}{Path} -> failed ({lost.HttpRequestError})");
            return (null, lost.Message, lost.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, "it does not answer", false);
        }
    }
}

/// <summary>The login server's answer.</summary>
internal sealed record OauthReply(string? AccessToken, string? RefreshToken, string? Error);

/// <summary>How it is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OauthReply))]
internal sealed partial class OauthJson : JsonSerializerContext;
