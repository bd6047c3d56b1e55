using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Which nodes get a new admin key; with each those that share its key.</summary>
public sealed record RotateKeysRequest
{
    /// <summary>Groups that are meant; null for all.</summary>
    public IReadOnlySet<string>? Groups { get; init; }

    /// <summary>Keys of the nodes that are meant, as <see cref="NodeRecord.Key"/> has them; null for all.</summary>
    public IReadOnlySet<string>? Nodes { get; init; }
}

/// <summary>Gives nodes a new admin key pair.</summary>
internal sealed record RotateKeysWork(RotateKeysRequest Request) : ClusterWork
{
    public const string Name = "rotate-keys";

    public override string Verb => Name;

    public override void Demand(ClusterRecord cluster, IReadOnlyCollection<NodeRecord> nodes)
    {
        PowerOrder.DemandGroups(nodes, Request.Groups);
        if (Plan(cluster, nodes).RotatedKeys.Count == 0)
        {
            throw new LinodeToolkitException(ClusterProblems.NobodyMeant(cluster.Name));
        }
    }

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan) => Plan(book.Cluster, book.Nodes);

    /// <summary>The change set for these records.</summary>
    public ChangeSet Plan(ClusterRecord cluster, IEnumerable<NodeRecord> nodes) =>
        KeyPlanner.Rotation(cluster, RemoteAccess.PolicyOf(cluster).Keys, nodes, Request.Groups, Request.Nodes);
}
