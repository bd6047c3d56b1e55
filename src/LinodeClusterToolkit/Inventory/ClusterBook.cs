using System.Collections.Concurrent;

namespace LinodeClusterToolkit.Inventory;

/// <summary>The records of the cluster a run works on: read once, kept in step with every write.</summary>
/// <remarks>Writes take no cancellation: what the cloud has answered must not be forgotten because somebody pressed Ctrl-C.</remarks>
internal sealed class ClusterBook(IInventoryStore store, ClusterRecord cluster, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, NodeRecord> nodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(ResourceKind Kind, string Key), ResourceRecord> resources = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<object, long> written = new();
    private long writes;

    public ClusterRecord Cluster { get; private set; } = cluster;

    /// <summary>Told of every node that changed.</summary>
    public Action<NodeRecord>? NodeChanged { get; set; }

    public IReadOnlyCollection<NodeRecord> Nodes => [.. nodes.Values];

    public IReadOnlyCollection<ResourceRecord> Resources => [.. resources.Values];

    public static async Task<ClusterBook> OpenAsync(
        IInventoryStore store, ClusterRecord cluster, TimeProvider time, CancellationToken cancellation)
    {
        var book = new ClusterBook(store, cluster, time);
        await book.ReadAsync(cancellation).ConfigureAwait(false);
        return book;
    }

    /// <summary>A book of records as they were at some time; what is to be done was decided by them.</summary>
    public static ClusterBook Of(
        IInventoryStore store, ClusterRecord cluster, IEnumerable<NodeRecord> nodes, IEnumerable<ResourceRecord> resources, TimeProvider time)
    {
        var book = new ClusterBook(store, cluster, time);
        foreach (var node in nodes)
        {
            book.nodes[node.Key] = node;
        }

        foreach (var made in resources)
        {
            book.resources[(made.Kind, made.Key)] = made;
        }

        return book;
    }

    /// <summary>Takes in what other processes have written; what this one writes meanwhile stands.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var before = Interlocked.Read(ref writes);
        if (await store.FindClusterAsync(Cluster.Name, cancellation).ConfigureAwait(false) is { } stands && stands.Id == Cluster.Id
            && !IsWrittenSince(before, Cluster.Id))
        {
            Cluster = stands;
        }

        await ReadAsync(cancellation).ConfigureAwait(false);
    }

    public NodeRecord Node(string key) => nodes[key];

    public NodeRecord? FindNode(string key) => nodes.GetValueOrDefault(key);

    public ResourceRecord? FindResource(ResourceKind kind, string key) => resources.GetValueOrDefault((kind, key));

    /// <summary>Changes the record of a node, as it is when its turn comes: steps that write to one node at once lose nothing of each other's.</summary>
    public Task ChangeNodeAsync(string key, Func<NodeRecord, NodeRecord> change) => ChangeNodesAsync([key], change);

    /// <summary>Changes records in one write; a change that gives back what it got writes nothing.</summary>
    public async Task ChangeNodesAsync(IEnumerable<string> keys, Func<NodeRecord, NodeRecord> change)
    {
        // In one order, so that no two wait for each other.
        var entered = new Stack<SemaphoreSlim>();
        var touched = new HashSet<string>(StringComparer.Ordinal);
        string[] wanted = [.. keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (wanted.Length == 0)
        {
            return;
        }

        try
        {
            foreach (var key in wanted)
            {
                var gate = gates.GetOrAdd(key, _ => new(1));
                await gate.WaitAsync().ConfigureAwait(false);
                entered.Push(gate);
            }

            var stored = await store.ChangeNodesAsync(Cluster.Id, wanted, Stamped, CancellationToken.None).ConfigureAwait(false);
            Keep(stored.Where(node => touched.Contains(node.Key)));
        }
        finally
        {
            foreach (var gate in entered)
            {
                gate.Release();
            }
        }

        NodeRecord Stamped(NodeRecord now)
        {
            var after = change(now);
            if (ReferenceEquals(after, now))
            {
                return now;
            }

            touched.Add(now.Key);
            return after with { Updated = time.GetUtcNow() };
        }
    }

    public Task SaveNodeAsync(NodeRecord node) => SaveNodesAsync([node]);

    /// <summary>Writes records whole, for who knows that nobody else writes to them meanwhile.</summary>
    public async Task SaveNodesAsync(IReadOnlyCollection<NodeRecord> changed)
    {
        if (changed.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var stamped = changed.Select(node => node with { Updated = now, Created = node.Created == default ? now : node.Created }).ToList();
        await store.SaveNodesAsync(stamped, CancellationToken.None).ConfigureAwait(false);
        Keep(stamped);
    }

    public async Task SaveResourceAsync(ResourceRecord made)
    {
        made = made with { Updated = time.GetUtcNow() };
        await store.SaveResourcesAsync([made], CancellationToken.None).ConfigureAwait(false);
        Note((made.Kind, made.Key));
        resources[(made.Kind, made.Key)] = made;
    }

    public async Task RemoveResourceAsync(ResourceRecord gone)
    {
        await store.RemoveResourceAsync(gone.ClusterId, gone.Kind, gone.Key, CancellationToken.None).ConfigureAwait(false);
        Note((gone.Kind, gone.Key));
        resources.TryRemove((gone.Kind, gone.Key), out _);
    }

    public async Task SaveClusterAsync(ClusterRecord changed)
    {
        changed = changed with { Updated = time.GetUtcNow() };
        await store.UpdateClusterAsync(changed, CancellationToken.None).ConfigureAwait(false);
        Note(changed.Id);
        Cluster = changed;
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var before = Interlocked.Read(ref writes);

        // By id: a deleted cluster of the same name has records too.
        var query = new NodeQuery(IncludeGone: true) { ClusterId = Cluster.Id };
        await foreach (var node in store.ListNodesAsync(query, cancellation).ConfigureAwait(false))
        {
            if (!IsWrittenSince(before, node.Key))
            {
                nodes[node.Key] = node;
            }
        }

        var there = new HashSet<(ResourceKind, string)>();
        await foreach (var made in store.ListResourcesAsync(Cluster.Id, cancellation).ConfigureAwait(false))
        {
            there.Add((made.Kind, made.Key));
            if (!IsWrittenSince(before, (made.Kind, made.Key)))
            {
                resources[(made.Kind, made.Key)] = made;
            }
        }

        foreach (var gone in resources.Keys.Where(key => !there.Contains(key) && !IsWrittenSince(before, key)).ToList())
        {
            resources.TryRemove(gone, out _);
        }
    }

    // Noted before what was written is kept: a reading that began earlier does not know of it, and must not put what it read in its place.
    private void Note(object key) => written[key] = Interlocked.Increment(ref writes);

    private bool IsWrittenSince(long before, object key) => written.TryGetValue(key, out var at) && at > before;

    private void Keep(IEnumerable<NodeRecord> stored)
    {
        foreach (var node in stored)
        {
            Note(node.Key);
            nodes[node.Key] = node;
            NodeChanged?.Invoke(node);
        }
    }
}
