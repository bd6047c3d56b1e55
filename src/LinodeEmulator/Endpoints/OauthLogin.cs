using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LinodeEmulator.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace LinodeEmulator.Endpoints;

/// <summary>The login server's answer to applications whose token has run out: RFC 6749, section 6. A refresh token is good once.</summary>
internal sealed class OauthLogin(EmulatorOptions options)
{
    /// <summary>Where it answers.</summary>
    public const string Path = "/oauth/token";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _refresh = options.OauthClients.ToDictionary(client => client.Id, client => client.Refresh);
    private readonly Dictionary<string, DateTimeOffset> _given = [];

    /// <summary>Whether a token was given here, and its time is over.</summary>
    public bool HasRunOut(string token)
    {
        lock (_gate)
        {
            return _given.TryGetValue(token, out var until) && until <= options.Clock.GetUtcNow();
        }
    }

    /// <summary>Whether a token was given here.</summary>
    public bool Gave(string token)
    {
        lock (_gate)
        {
            return _given.ContainsKey(token);
        }
    }

    /// <summary>Whether a request names an application that is known here.</summary>
    public bool Knows(EmulatorRequest request) =>
        Form(request).TryGetValue("client_id", out var id) && options.OauthClients.Any(client => client.Id == id.ToString());

    /// <summary>Gives a token that is good for so long, or for ever.</summary>
    public string Give(TimeSpan? life)
    {
        var token = Make();
        lock (_gate)
        {
            _given[token] = life is { } known ? options.Clock.GetUtcNow() + known : DateTimeOffset.MaxValue;
        }

        return token;
    }

    public EmulatorResponse Handle(EmulatorRequest request)
    {
        var form = Form(request);
        string Field(string name) => form.TryGetValue(name, out var value) ? value.ToString() : "";
        if (request.Method != "POST" || Field("grant_type") != "refresh_token")
        {
            return Refused(400, "unsupported_grant_type");
        }

        var client = options.OauthClients.FirstOrDefault(one => one.Id == Field("client_id") && one.Secret == Field("client_secret"));
        if (client is null)
        {
            return Refused(401, "invalid_client");
        }

        lock (_gate)
        {
            return _refresh[client.Id] == Field("refresh_token") ? Give(client) : Refused(400, "invalid_grant");
        }
    }

    private static Dictionary<string, StringValues> Form(EmulatorRequest request) =>
        QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(request.Body.Span));

    private static EmulatorResponse Refused(int status, string error) => Json(status, new JsonObject { ["error"] = error });

    private static EmulatorResponse Json(int status, JsonObject body) =>
        new(status, "application/json", System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));

    private static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private EmulatorResponse Give(EmulatorOauthClient client)
    {
        var access = Give(client.Life);
        _refresh[client.Id] = Make();
        return Json(200, new JsonObject
        {
            ["access_token"] = access, ["refresh_token"] = _refresh[client.Id], ["token_type"] = "bearer", ["scopes"] = "*",
            ["expires_in"] = (long)client.Life.TotalSeconds,
        });
    }
}
