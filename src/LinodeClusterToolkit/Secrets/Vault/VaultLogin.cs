using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>The calls by which tokens are got, looked at, renewed and given back.</summary>
internal sealed class VaultLogin(VaultWire wire, TimeProvider time)
{
    private const string LookupPath = "auth/token/lookup-self";
    private Sensitive? opened;

    /// <summary>Gets a token for a role.</summary>
    public async Task<VaultLease> EnterAsync(VaultAppRole role, CancellationToken cancellation)
    {
        var secret = role.IsWrapped ? opened ??= await UnwrapAsync(role, cancellation).ConfigureAwait(false) : role.SecretId;
        var call = VaultCall.Post(
            $"auth/{role.Mount}/login", new AppRoleBody(role.RoleId.Reveal(), secret.Reveal()), VaultJson.Default.AppRoleBody, role.RoleId, secret);
        var answer = await wire.SendAsync(call, null, cancellation).ConfigureAwait(false);
        if (answer.Read(VaultJson.Default.AuthReply)?.Auth is not { ClientToken: { Length: > 0 } token } auth || !answer.IsSuccess)
        {
            throw new LinodeToolkitException(VaultProblems.LoginRefused(call.Name, answer.Said));
        }

        var lasts = TimeSpan.FromSeconds(auth.LeaseDuration);
        return new(new(token), time.GetUtcNow(), lasts, auth.Renewable, lasts);
    }

    /// <summary>How long a token that was given is good for; where it may not look at itself, that stays unknown and it counts as lasting.</summary>
    public async Task<VaultLease> LookAsync(Sensitive token, CancellationToken cancellation)
    {
        var answer = await wire.SendAsync(VaultCall.Get(LookupPath), token, cancellation).ConfigureAwait(false);
        var data = answer.IsSuccess ? answer.Read(VaultJson.Default.LookupReply)?.Data : null;
        var lasts = TimeSpan.FromSeconds(data?.Ttl ?? 0);
        return new(token, time.GetUtcNow(), lasts, data?.Renewable ?? false, lasts);
    }

    /// <summary>Whether the Vault knows a token.</summary>
    public async Task<bool> IsKnownAsync(Sensitive token, CancellationToken cancellation) =>
        (await wire.SendAsync(VaultCall.Get(LookupPath), token, cancellation).ConfigureAwait(false)).IsSuccess;

    /// <summary>Renews; null where that is refused, or brings little.</summary>
    public async Task<VaultLease?> RenewAsync(VaultLease lease, CancellationToken cancellation)
    {
        var call = VaultCall.Post("auth/token/renew-self", new NoBody(), VaultJson.Default.NoBody);
        var answer = await wire.SendAsync(call, lease.Token, cancellation).ConfigureAwait(false);
        return answer.IsSuccess && answer.Read(VaultJson.Default.AuthReply)?.Auth is { } auth
            ? lease.Renewed(time.GetUtcNow(), TimeSpan.FromSeconds(auth.LeaseDuration), auth.Renewable)
            : null;
    }

    /// <summary>Gives a token back, so that it is no use to anybody.</summary>
    public Task RevokeAsync(Sensitive token, CancellationToken cancellation) =>
        wire.SendAsync(VaultCall.Post("auth/token/revoke-self", new NoBody(), VaultJson.Default.NoBody), token, cancellation);

    // Whoever put a wrapping of their own in its place would have made it elsewhere: where it was made is looked at first.
    private async Task<Sensitive> UnwrapAsync(VaultAppRole role, CancellationToken cancellation)
    {
        var look = VaultCall.Post("sys/wrapping/lookup", new TokenBody(role.SecretId.Reveal()), VaultJson.Default.TokenBody, role.SecretId);
        var seen = await wire.SendAsync(look, null, cancellation).ConfigureAwait(false);
        var made = seen.IsSuccess ? seen.Read(VaultJson.Default.WrapReply)?.Data?.CreationPath : null;
        if (made?.StartsWith($"auth/{role.Mount}/role/", StringComparison.Ordinal) != true || !made.EndsWith("/secret-id", StringComparison.Ordinal))
        {
            throw new LinodeToolkitException(VaultProblems.WrappingSpent(
                look.Name, made is null ? seen.Said : $"it was not made for a secret id of '{role.Mount}' but by {made}"));
        }

        var open = VaultCall.Post("sys/wrapping/unwrap", new NoBody(), VaultJson.Default.NoBody);
        var answer = await wire.SendAsync(open, role.SecretId, cancellation).ConfigureAwait(false);
        return answer.IsSuccess && answer.Read(VaultJson.Default.WrapReply)?.Data?.SecretId is { } secret
            ? new(secret)
            : throw new LinodeToolkitException(VaultProblems.WrappingSpent(open.Name, answer.Said));
    }
}
