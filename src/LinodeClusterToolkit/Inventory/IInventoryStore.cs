using LinodeClusterToolkit.Leases;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Where clusters, their nodes and resources, runs and counters are kept; one instance serves one <see cref="ToolkitContext"/>.</summary>
/// <remarks>A write is durable when its task ends. What is stored is a pointer; the cloud is the truth.</remarks>
internal interface IInventoryStore : IAsyncDisposable
{
    /// <summary>What and where, for messages.</summary>
    string Description { get; }

    /// <summary>The same records, for writing as long as nobody else holds the lease.</summary>
    IInventoryStore Under(Lease lease);

    /// <summary>Adds a cluster; false where the name is taken by one that is not deleted.</summary>
    Task<bool> TryAddClusterAsync(ClusterRecord cluster, CancellationToken cancellation);

    /// <summary>Adds a cluster as it was in another inventory, in one transaction; false where its id or its name is taken.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="nodes">All its nodes.</param>
    /// <param name="history">All their changes of state in their order; they are numbered anew.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<bool> TryAddWholeAsync(
        ClusterRecord cluster, IReadOnlyCollection<NodeRecord> nodes, IReadOnlyCollection<StateChange> history, CancellationToken cancellation);

    /// <summary>Replaces a cluster's record.</summary>
    Task UpdateClusterAsync(ClusterRecord cluster, CancellationToken cancellation);

    /// <summary>The cluster of that name that is not deleted, or null.</summary>
    Task<ClusterRecord?> FindClusterAsync(string name, CancellationToken cancellation);

    /// <summary>Clusters by name; those already deleted only if asked for.</summary>
    IAsyncEnumerable<ClusterRecord> ListClustersAsync(bool includeDeleted, CancellationToken cancellation);

    /// <summary>Those of these clusters that belong to other contexts in the same place: all that is ever told of them, so that they are left alone.</summary>
    Task<IReadOnlySet<Guid>> OthersAmongAsync(IReadOnlyCollection<Guid> clusters, CancellationToken cancellation);

    /// <summary>Writes nodes, new or changed, in one transaction.</summary>
    Task SaveNodesAsync(IReadOnlyCollection<NodeRecord> nodes, CancellationToken cancellation);

    /// <summary>Changes nodes as they stand, in one transaction: of two that change one at once, the second changes what the first made of it.</summary>
    /// <param name="clusterId">Their cluster.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="change">Makes the new record of the one that stands, and does nothing else: it may be played twice.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The records as they are then, in the order of the keys.</returns>
    Task<IReadOnlyList<NodeRecord>> ChangeNodesAsync(
        Guid clusterId, IReadOnlyCollection<string> keys, Func<NodeRecord, NodeRecord> change, CancellationToken cancellation);

    /// <summary>Nodes that fit, by cluster, region, group and ordinal.</summary>
    IAsyncEnumerable<NodeRecord> ListNodesAsync(NodeQuery query, CancellationToken cancellation);

    /// <summary>Writes resources, new or changed, in one transaction.</summary>
    Task SaveResourcesAsync(IReadOnlyCollection<ResourceRecord> resources, CancellationToken cancellation);

    /// <summary>Forgets a resource that is gone from the cloud.</summary>
    Task RemoveResourceAsync(Guid clusterId, ResourceKind kind, string key, CancellationToken cancellation);

    /// <summary>Resources of a cluster.</summary>
    IAsyncEnumerable<ResourceRecord> ListResourcesAsync(Guid clusterId, CancellationToken cancellation);

    /// <summary>Next values of a cluster's running counters, by address.</summary>
    Task<IReadOnlyDictionary<string, long>> GetCountersAsync(Guid clusterId, CancellationToken cancellation);

    /// <summary>Raises counters; a value never goes down.</summary>
    Task RaiseCountersAsync(Guid clusterId, IReadOnlyDictionary<string, long> counters, CancellationToken cancellation);

    /// <summary>Writes a run, new or changed.</summary>
    Task SaveRunAsync(RunRecord run, CancellationToken cancellation);

    /// <summary>Runs of a cluster (all where null), newest first.</summary>
    IAsyncEnumerable<RunRecord> ListRunsAsync(Guid? clusterId, CancellationToken cancellation);

    /// <summary>Changes of state by number. None is seen before those with a lower number are.</summary>
    IAsyncEnumerable<StateChange> ListChangesAsync(ChangeQuery query, CancellationToken cancellation);

    /// <summary>The highest number of a change; 0 where there was none yet.</summary>
    Task<long> LastChangeAsync(CancellationToken cancellation);
}
