using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What is kept of a cluster, to hold something against.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Plan">Its plan; one without regions where its nodes were made one by one.</param>
/// <param name="Nodes">All of its nodes, those that are gone included.</param>
/// <param name="Resources">All else of it.</param>
/// <param name="KnowsRules">Whether the plan is what its firewall was made of.</param>
internal sealed record DriftRecords(
    ClusterRecord Cluster, ResolvedPlan Plan, IReadOnlyList<NodeRecord> Nodes, IReadOnlyList<ResourceRecord> Resources, bool KnowsRules)
{
    /// <summary>Whether there is a plan that says which nodes there are to be.</summary>
    public bool IsPlanned => Plan.Regions.Count > 0;

    /// <summary>Nodes that should stand in the cloud, in their order.</summary>
    public IEnumerable<NodeRecord> Standing => Nodes
        .Where(node => node.LinodeId is not null && node.State is not (NodeState.Gone or NodeState.Deleting))
        .OrderBy(node => node.Region, StringComparer.Ordinal).ThenBy(node => node.Group, StringComparer.Ordinal).ThenBy(node => node.Ordinal);

    /// <summary>Things of a kind that should stand in the cloud, by key.</summary>
    public IEnumerable<ResourceRecord> Made(ResourceKind kind) =>
        Resources.Where(made => made.Kind == kind && made.CloudId is not null).OrderBy(made => made.Key, StringComparer.Ordinal);

    /// <summary>Label of the node of that id.</summary>
    public string NameOf(long id) => Nodes.FirstOrDefault(node => node.LinodeId == id)?.Label ?? $"node {id}";

    /// <summary>Ids of all things of a kind.</summary>
    public IReadOnlyList<long> Ids(ResourceKind kind) => [.. Made(kind).Select(made => made.CloudId!.Value)];
}
