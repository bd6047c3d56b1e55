using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Reads from the secret store what lets somebody into new nodes.</summary>
internal static class Credentials
{
    /// <summary>The default public key, if one is stored, and the default root password or else a random one for each node that nobody keeps.</summary>
    public static async Task<NodeCredentials> ReadAsync(
        ISecretStore secrets, NodeIdentities identities, SshPolicy policy, CancellationToken cancellation)
    {
        var key = await secrets.FindAsync(KnownSecrets.DefaultRootSshPublicKey, cancellation).ConfigureAwait(false);
        var password = await secrets.FindAsync(KnownSecrets.DefaultRootPassword, cancellation).ConfigureAwait(false);
        return new(
            key is null ? [] : [KnownSecrets.Accept(KnownSecrets.DefaultRootSshPublicKey, key.Reveal()).Reveal()],
            password is null ? () => Passwords.Generate() : () => password, identities, policy);
    }
}
