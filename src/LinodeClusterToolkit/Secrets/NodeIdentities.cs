using System.Collections.Concurrent;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>Key pairs of the nodes of one cluster, made on first need and kept in the secret store.</summary>
/// <remarks>
/// Names: <c>clusters/UUID/nodes/LABEL/admin-key</c>, <c>host-key</c> until the node has made one of its own, and <c>root-password</c> where it is kept. Whoever comes first is served first,
/// so that nodes that matter most are still the first to be created.
/// </remarks>
internal sealed class NodeIdentities(ISecretStore store, Guid cluster, KeySharing sharing, KeyPairMaker make)
{
    private const int MostAtOnce = 64;
    private readonly SemaphoreSlim turn = new(1);
    private readonly ConcurrentDictionary<string, Task<SshKeyPair>> known = new(StringComparer.Ordinal);

    /// <summary>The pair the admin account of a node is entered with; durable when the task ends.</summary>
    /// <param name="label">The node's label.</param>
    /// <param name="region">Its region.</param>
    /// <param name="group">Its group.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<SshKeyPair> AdminAsync(string label, string region, string group, CancellationToken cancellation) =>
        (await EnsureAsync([AdminName(label, region, group)], cancellation).ConfigureAwait(false))[0];

    /// <summary>The same, and the pair a node identifies itself with at first.</summary>
    public async Task<(SshKeyPair Admin, SshKeyPair Host)> FirstAsync(string label, string region, string group, CancellationToken cancellation)
    {
        var pairs = await EnsureAsync([AdminName(label, region, group), HostName(label)], cancellation).ConfigureAwait(false);
        return (pairs[0], pairs[1]);
    }

    /// <summary>A password of root for a node, made on first need and durable when the task ends; a node that is made again has the same.</summary>
    public async Task<Sensitive> RootPasswordAsync(string label, CancellationToken cancellation)
    {
        await store.TrySetAsync(PasswordName(label), Passwords.Generate(), expected: null, cancellation).ConfigureAwait(false);
        return await store.GetAsync(SecretReference.To(PasswordName(label)), cancellation).ConfigureAwait(false);
    }

    /// <summary>The change of the pair that the admin account of a node is entered with, for all nodes that share it.</summary>
    public KeyRotation RotationOf(string label, string region, string group)
    {
        var name = AdminName(label, region, group);
        return new(store, name, make, switched => known[name] = Task.FromResult(switched));
    }

    /// <summary>Lets a node be entered as another one is: it has become a copy of that one.</summary>
    public async Task TakeOverAsync(
        (string Label, string Region, string Group) from, (string Label, string Region, string Group) to, CancellationToken cancellation)
    {
        var (old, own) = (AdminName(from.Label, from.Region, from.Group), AdminName(to.Label, to.Region, to.Group));
        if (old != own && await store.FindAsync(old, cancellation).ConfigureAwait(false) is { } key)
        {
            await store.SetAsync(own, key, cancellation).ConfigureAwait(false);
            known[own] = Task.FromResult(SshKeyPair.Of(key, $"the secret {own}"));
        }
    }

    /// <summary>Forgets the host key of the first boot, once the node has one that was never anywhere else.</summary>
    public Task ForgetHostAsync(string label, CancellationToken cancellation) => DeleteAsync(HostName(label), cancellation);

    /// <summary>Forgets what was kept for a node that is gone; keys that others share stay.</summary>
    public async Task ForgetAsync(string label, CancellationToken cancellation)
    {
        var name = $"{Folder}/nodes/{Part(label)}/admin-key";
        await DeleteAllAsync([HostName(label), .. KeyRotation.Beside(name), name, PasswordName(label)], cancellation).ConfigureAwait(false);
    }

    /// <summary>Forgets everything of the cluster.</summary>
    public async Task ForgetAllAsync(CancellationToken cancellation)
    {
        await DeleteAllAsync(await store.ListAsync(Folder + "/", cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
    }

    private string Folder => $"clusters/{cluster:D}";

    private string AdminName(string label, string region, string group) => sharing switch
    {
        KeySharing.Cluster => $"{Folder}/admin-key",
        KeySharing.Group => $"{Folder}/groups/{Part(region)}/{Part(group)}/admin-key",
        _ => $"{Folder}/nodes/{Part(label)}/admin-key",
    };

    private string PasswordName(string label) => $"{Folder}/nodes/{Part(label)}/root-password";

    private string HostName(string label) => $"{Folder}/nodes/{Part(label)}/host-key";

    // Labels of one account differ in more than case. A group may be called what no secret may: then its bytes in hex stand for it.
    private static string Part(string name) => SecretReference.IsName(name.ToLowerInvariant())
        ? name.ToLowerInvariant()
        : Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name));

    // Side by side: a store may forget many in the time that one takes.
    private Task DeleteAllAsync(IEnumerable<string> names, CancellationToken cancellation) => Parallel.ForEachAsync(
        names, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellation },
        async (name, token) => await DeleteAsync(name, token).ConfigureAwait(false));

    private Task DeleteAsync(string name, CancellationToken cancellation)
    {
        known.TryRemove(name, out _);
        return store.DeleteAsync(name, cancellation);
    }

    private async Task<SshKeyPair[]> EnsureAsync(string[] names, CancellationToken cancellation)
    {
        var wanted = new List<Task<SshKeyPair>>();
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            foreach (var name in names)
            {
                if (!known.TryGetValue(name, out var pair) || pair.IsFaulted || pair.IsCanceled)
                {
                    known[name] = pair = await FindOrMakeAsync(name, cancellation).ConfigureAwait(false);
                }

                wanted.Add(pair);
            }
        }
        finally
        {
            turn.Release();
        }

        // Made one after the other, saved side by side: a store may write many in the time that one takes.
        return await Task.WhenAll(wanted).ConfigureAwait(false);
    }

    /// <summary>Ends once there is a pair; the task it gives ends once that is in the store.</summary>
    private async Task<Task<SshKeyPair>> FindOrMakeAsync(string name, CancellationToken cancellation)
    {
        if (await store.FindAsync(name, cancellation).ConfigureAwait(false) is { } kept)
        {
            return Task.FromResult(SshKeyPair.Of(kept, $"the secret {name}"));
        }

        return SaveAsync(name, await make(cancellation).ConfigureAwait(false), cancellation);
    }

    private async Task<SshKeyPair> SaveAsync(string name, SshKeyPair made, CancellationToken cancellation)
    {
        await store.SetAsync(name, made.Private, cancellation).ConfigureAwait(false);
        return made;
    }
}
