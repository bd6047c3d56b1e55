using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>What a Vault lets somebody in with.</summary>
public abstract record VaultAuth
{
    private protected VaultAuth()
    {
    }
}

/// <summary>A token that somebody else has got; it is renewed while that is allowed, and never revoked here.</summary>
/// <param name="Token">The token.</param>
public sealed record VaultToken(Sensitive Token) : VaultAuth;

/// <summary>A role of a program. Tokens got with it are renewed, got anew where that ends, and revoked at the end.</summary>
/// <param name="RoleId">Id of the role.</param>
/// <param name="SecretId">Its secret id, or the token it is wrapped in.</param>
public sealed record VaultAppRole(Sensitive RoleId, Sensitive SecretId) : VaultAuth
{
    /// <summary>Whether <see cref="SecretId"/> is the token of a wrapped answer, which can be opened once.</summary>
    public bool IsWrapped { get; init; }

    /// <summary>Where the method is mounted.</summary>
    public string Mount { get; init; } = "approle";
}
