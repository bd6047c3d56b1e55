using System.Collections.Concurrent;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Keeps nothing beyond the process.</summary>
internal sealed class MemorySecretStore : ISecretStore
{
    private readonly ConcurrentDictionary<string, Sensitive> secrets = new(StringComparer.Ordinal);

    public string Scheme => "none";

    public string Description => "memory (nothing is kept)";

    // Asynchronous for its failures' sake: a bad name ends the task, as in every other store, not the call.
    public async Task<Sensitive?> FindAsync(string name, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        return secrets.GetValueOrDefault(SecretReference.To(name).Name);
    }

    public async Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var added = secrets.TryAdd(SecretReference.To(name).Name, value);
        secrets[name] = value;
        return !added;
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([.. secrets.Keys.Order(StringComparer.Ordinal)]);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellation) => Task.FromResult(secrets.TryRemove(name, out _));
}
