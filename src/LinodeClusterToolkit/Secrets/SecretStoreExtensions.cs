using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>What can be done with any store.</summary>
public static class SecretStoreExtensions
{
    /// <summary>The secret of that name, or null.</summary>
    public static async Task<Sensitive?> FindAsync(this ISecretStore store, string name, CancellationToken cancellation = default) =>
        (await store.ReadAsync(name, cancellation).ConfigureAwait(false))?.Value;

    /// <summary>All names, sorted.</summary>
    public static Task<IReadOnlyList<string>> ListAsync(this ISecretStore store, CancellationToken cancellation = default) =>
        store.ListAsync("", cancellation);

    /// <summary>The secret a reference stands for.</summary>
    /// <exception cref="LinodeToolkitException">LCT3004: the store has none of that name.</exception>
    public static async Task<Sensitive> GetAsync(this ISecretStore store, SecretReference wanted, CancellationToken cancellation = default) =>
        await store.FindAsync(wanted.Name, cancellation).ConfigureAwait(false)
        ?? throw new LinodeToolkitException(SecretProblems.Missing(wanted, store.Description));
}
