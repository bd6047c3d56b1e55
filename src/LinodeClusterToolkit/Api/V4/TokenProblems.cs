using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>What is wrong with a token: unknown, without a scope, or its user without a grant.</summary>
internal static class TokenProblems
{
    /// <summary>Whether the API knows no such token; a known one may lack a scope.</summary>
    public static bool IsUnknown(HttpAnswer answer) => answer.Status == 401 && IsUnknown(Scopes.Of(answer.Header("X-OAuth-Scopes")));

    // X-Accepted-OAuth-Scopes: linodes:read_write      X-OAuth-Scopes: linodes:read_only, events:read_only   (or *, or unknown)
    public static Problem Explain(ApiCall call, HttpAnswer answer, string why)
    {
        var needed = Scopes.Of(answer.Header("X-Accepted-OAuth-Scopes"));
        var granted = Scopes.Of(answer.Header("X-OAuth-Scopes"));
        if (!IsUnknown(granted) && needed.Any(scope => !Scopes.Include(granted, scope)))
        {
            return new(
                "LCT3011", "the token lacks a scope", call.Name, $"{why}; needed: {string.Join(", ", needed)}; granted: {string.Join(", ", granted)}",
                ["make a token with the scopes needed and store it"]);
        }

        return answer.Status == 401
            ? new(
                "LCT3010", call.Token is null ? "the API wants a token" : "the API does not accept the token", call.Name, why,
                ["make a new token and store it: this one may be expired, revoked or cut short"])
            : new(
                "LCT3012", "the token's user may not do this", call.Name, why,
                ["ask an administrator of the account for the grant", "or use a token of an unrestricted user"]);
    }

    private static bool IsUnknown(IReadOnlyCollection<string> granted) => granted.Count == 0 || (granted.Count == 1 && granted.Contains("unknown"));
}
