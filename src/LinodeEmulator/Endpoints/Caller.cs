using System.Security.Cryptography;
using System.Text;

namespace LinodeEmulator.Endpoints;

/// <summary>Who asks, and what that one may do.</summary>
internal sealed record Caller(string Key, string Scopes, bool Restricted)
{
    /// <summary>The user of every token.</summary>
    public const string Username = "emulated-user";

    /// <summary>The name that events are told under.</summary>
    public string User { get; init; } = Username;

    public static Caller Anonymous { get; } = new("anonymous", "*", false);

    /// <summary>The token of a request; empty where there is none.</summary>
    public static string TokenIn(string? authorization) =>
        authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? authorization[7..].Trim() : "";

    /// <param name="authorization">What the request says.</param>
    /// <param name="known">The tokens that are named.</param>
    /// <param name="login">Gives tokens too.</param>
    /// <param name="anyToken">Whether a token that nobody knows is good for everything, as it is where there is one account.</param>
    public static Caller Of(string? authorization, IReadOnlyDictionary<string, EmulatorToken> known, OauthLogin login, bool anyToken) =>
        Known(TokenIn(authorization), known, login, anyToken) ?? throw new ApiProblem(401, new Wire.ApiError("Invalid Token"));

    /// <summary>Whose token it is; nobody where it is good for nothing.</summary>
    public static Caller? Known(string token, IReadOnlyDictionary<string, EmulatorToken> known, OauthLogin login, bool anyToken)
    {
        var kind = known.GetValueOrDefault(token) ?? new EmulatorToken(token) { Revoked = !anyToken && !login.Gave(token) };
        return token.Length == 0 || kind.Revoked || login.HasRunOut(token) ? null : new Caller(Hash(token), kind.Scopes, kind.Restricted);
    }

    /// <summary>Whether one of the needed scopes was granted; a comma in what is needed asks for all of them.</summary>
    public bool May(string needed) => Scopes == "*" || needed == "*" || needed.Split(',').All(IsGranted);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..12];

    private bool IsGranted(string scope)
    {
        var area = scope[..scope.IndexOf(':')];
        return Scopes.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Any(granted => granted == scope || granted == area + ":read_write" || granted == area + ":*");
    }
}
