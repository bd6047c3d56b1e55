using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Plans;

/// <summary>What a plan is resolved against.</summary>
/// <param name="Cluster">Name of the cluster to be.</param>
/// <param name="Catalog">What the cloud offers.</param>
public sealed record ResolveRequest(string Cluster, LinodeCatalog Catalog)
{
    /// <summary>Values of <c>--set</c>, by variable name.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>Nodes that have their names already, by key: names are given once and never recomputed.</summary>
    public IReadOnlyDictionary<string, ResolvedNode> Known { get; init; } = new Dictionary<string, ResolvedNode>();

    /// <summary>Next values of counters used before, by address.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();
}
