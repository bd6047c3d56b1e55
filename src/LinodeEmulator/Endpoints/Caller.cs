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

    public static Caller Of(string? authorization, IReadOnlyDictionary<string, EmulatorToken> known, OauthLogin login)
    {
        var token = authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? authorization[7..].Trim() : "";
        var kind = known.GetValueOrDefault(token) ?? new EmulatorToken(token);
        return token.Length == 0 || kind.Revoked || login.HasRunOut(token)
            ? throw new ApiProblem(401, new Wire.ApiError("Invalid Token"))
            : new Caller(Hash(token), kind.Scopes, kind.Restricted);
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
