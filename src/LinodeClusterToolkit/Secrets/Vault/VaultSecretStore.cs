using System.Collections.Concurrent;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>One entry of a HashiCorp Vault or OpenBao a secret; every write is checked against the version that was read.</summary>
internal sealed class VaultSecretStore : ISecretStore, IAsyncDisposable
{
    private const int MostConflicts = 32;
    private const int MostAtOnce = 8;

    private readonly HttpClient? owned;
    private readonly VaultPlace place;
    private readonly VaultSession session;
    private readonly VaultKeyValue entries;

    /// <summary>Makes the store; nothing is sent yet.</summary>
    /// <exception cref="LinodeToolkitException">The address is not safe, or the certificate authority's file cannot be read.</exception>
    public VaultSecretStore(VaultOptions options, TimeProvider time, Action<string>? log = null)
        : this(options, VaultHandler.Client(options), time, log)
    {
    }

    /// <summary>The same with clients of the caller's, which must follow no redirect.</summary>
    public VaultSecretStore(VaultOptions options, Func<HttpClient> clients, TimeProvider time, Action<string>? log = null)
    {
        place = new(options);
        var wire = new VaultWire(place, new(place, clients, time, log), time);
        session = new(new(wire, time), options.Auth, time);
        entries = new(new(wire, session));
    }

    private VaultSecretStore(VaultOptions options, HttpClient client, TimeProvider time, Action<string>? log)
        : this(options, () => client, time, log) => owned = client;

    /// <summary>Makes the one that options speak of.</summary>
    /// <exception cref="LinodeToolkitException">They speak of none, or of one that cannot be used.</exception>
    public static VaultSecretStore Create(Func<VaultOptions>? options, TimeProvider time, Action<string>? log) =>
        new((options ?? throw new LinodeToolkitException(VaultProblems.NotConfigured()))(), time, log);

    public string Scheme => "vault";

    public string Description =>
        $"the Vault at {place.Host} ({(place.Namespace is { } inside ? $"namespace {inside}, " : "")}{place.PathOf("data", "")})";

    public async Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation) =>
        await entries.ReadAsync(Checked(name), cancellation).ConfigureAwait(false) is { Value: { } value } entry ? new(value, entry.Version) : null;

    public async Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation)
    {
        Checked(name);
        for (var tries = 0; tries < MostConflicts; tries++)
        {
            // Each conflict is somebody else's success, so this ends unless they never rest.
            var there = await entries.ReadAsync(name, cancellation).ConfigureAwait(false);
            if (await entries.WriteAsync(name, value, there?.Number ?? 0, cancellation).ConfigureAwait(false))
            {
                return there?.Value is not null;
            }
        }

        throw new LinodeToolkitException(VaultProblems.Contended(name));
    }

    public async Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation)
    {
        Checked(name);
        if (expected is null && await entries.WriteAsync(name, value, 0, cancellation).ConfigureAwait(false))
        {
            return true;
        }

        // Where there is none now, a deleted version may still count; where one is expected, its number alone may be that of another life.
        var there = await entries.ReadAsync(name, cancellation).ConfigureAwait(false);
        return there is not null && (there.Value is null ? null : there.Version) == expected
            && await entries.WriteAsync(name, value, there.Number, cancellation).ConfigureAwait(false);
    }

    /// <remarks>An entry whose newest version somebody deleted, but not the entry, is listed too.</remarks>
    public async Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation)
    {
        var found = new ConcurrentBag<string>();
        for (IReadOnlyCollection<string> folders = [folder]; folders.Count > 0;)
        {
            var below = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(
                folders,
                new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellation },
                async (inside, token) =>
                {
                    var keys = await entries.ListAsync(inside, token).ConfigureAwait(false);
                    foreach (var path in keys.Select(key => inside + key).Where(path => SecretReference.IsName(path.TrimEnd('/'))))
                    {
                        (path.EndsWith('/') ? below : found).Add(path);
                    }
                }).ConfigureAwait(false);
            folders = below;
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellation)
    {
        var there = await entries.ReadAsync(Checked(name), cancellation).ConfigureAwait(false);
        if (there is not null)
        {
            await entries.DeleteAsync(name, cancellation).ConfigureAwait(false);
        }

        return there?.Value is not null;
    }

    /// <summary>Gives back the token that was got, and closes connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync().ConfigureAwait(false);
        owned?.Dispose();
    }

    private static string Checked(string name) => SecretReference.To(name).Name;
}
