using System.Collections.Concurrent;
using System.Globalization;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Keeps nothing beyond the process.</summary>
internal sealed class MemorySecretStore : ISecretStore
{
    private readonly ConcurrentDictionary<string, StoredSecret> secrets = new(StringComparer.Ordinal);
    private long writes;

    public string Scheme => "none";

    public string Description => "memory (nothing is kept)";

    // Asynchronous for its failures' sake: a bad name ends the task, as in every other store, not the call.
    public async Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        return secrets.GetValueOrDefault(SecretReference.To(name).Name);
    }

    public async Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var added = secrets.TryAdd(SecretReference.To(name).Name, Next(value));
        if (!added)
        {
            secrets[name] = Next(value);
        }

        return !added;
    }

    public async Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        return secrets.TryGetValue(SecretReference.To(name).Name, out var there)
            ? there.Version == expected && secrets.TryUpdate(name, Next(value), there)
            : expected is null && secrets.TryAdd(name, Next(value));
    }

    public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([.. secrets.Keys.Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellation) => Task.FromResult(secrets.TryRemove(name, out _));

    private StoredSecret Next(Sensitive value) => new(value, Interlocked.Increment(ref writes).ToString(CultureInfo.InvariantCulture));
}
