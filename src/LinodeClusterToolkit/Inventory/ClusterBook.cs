using System.Collections.Concurrent;

namespace LinodeClusterToolkit.Inventory;

/// <summary>The records of the cluster a run works on: read once, kept in step with every write.</summary>
/// <remarks>Writes take no cancellation: what the cloud has answered must not be forgotten because somebody pressed Ctrl-C.</remarks>
internal sealed class ClusterBook(IInventoryStore store, ClusterRecord cluster, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, NodeRecord> nodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(ResourceKind Kind, string Key), ResourceRecord> resources = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    public ClusterRecord Cluster { get; private set; } = cluster;

    /// <summary>Told of every node that changed.</summary>
    public Action<NodeRecord>? NodeChanged { get; set; }

    public IReadOnlyCollection<NodeRecord> Nodes => [.. nodes.Values];

    public IReadOnlyCollection<ResourceRecord> Resources => [.. resources.Values];

    public static async Task<ClusterBook> OpenAsync(
        IInventoryStore store, ClusterRecord cluster, TimeProvider time, CancellationToken cancellation)
    {
        var book = new ClusterBook(store, cluster, time);

        // By id: a deleted cluster of the same name has records too.
        var query = new NodeQuery(IncludeGone: true) { ClusterId = cluster.Id };
        await foreach (var node in store.ListNodesAsync(query, cancellation).ConfigureAwait(false))
        {
            book.nodes[node.Key] = node;
        }

        await foreach (var made in store.ListResourcesAsync(cluster.Id, cancellation).ConfigureAwait(false))
        {
            book.resources[(made.Kind, made.Key)] = made;
        }

        return book;
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
        resources[(made.Kind, made.Key)] = made;
    }

    public async Task RemoveResourceAsync(ResourceRecord gone)
    {
        await store.RemoveResourceAsync(gone.ClusterId, gone.Kind, gone.Key, CancellationToken.None).ConfigureAwait(false);
        resources.TryRemove((gone.Kind, gone.Key), out _);
    }

    public async Task SaveClusterAsync(ClusterRecord changed)
    {
        changed = changed with { Updated = time.GetUtcNow() };
        await store.UpdateClusterAsync(changed, CancellationToken.None).ConfigureAwait(false);
        Cluster = changed;
    }

    private void Keep(IEnumerable<NodeRecord> stored)
    {
        foreach (var node in stored)
        {
            nodes[node.Key] = node;
            NodeChanged?.Invoke(node);
        }
    }
}
