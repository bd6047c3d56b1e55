using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Reads from the secret store what lets somebody into new nodes.</summary>
internal static class Credentials
{
    /// <summary>The default public key, if one is stored, and the default root password or else a random one for each node, kept where the plan says so.</summary>
    public static async Task<NodeCredentials> ReadAsync(
        ISecretStore secrets, NodeIdentities identities, SshPolicy policy, CancellationToken cancellation)
    {
        var key = await secrets.FindAsync(KnownSecrets.DefaultRootSshPublicKey, cancellation).ConfigureAwait(false);
        var password = await secrets.FindAsync(KnownSecrets.DefaultRootPassword, cancellation).ConfigureAwait(false);
        return new(
            key is null ? [] : [KnownSecrets.Accept(KnownSecrets.DefaultRootSshPublicKey, key.Reveal()).Reveal()],
            (label, token) => password is not null ? Task.FromResult(password)
                : policy.KeepsRootPassword ? identities.RootPasswordAsync(label, token)
                : Task.FromResult(Passwords.Generate()),
            identities, policy);
    }
}
