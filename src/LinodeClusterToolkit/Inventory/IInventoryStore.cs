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
}
