using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Takes a whole cluster down.</summary>
internal sealed record DeleteWork(DeleteRequest Request) : ClusterWork
{
    public const string Name = "delete";

    public override string Verb => Name;

    public override ClusterState? During => ClusterState.Deleting;

    public override void DemandAllowed(ClusterRecord cluster) => DemandUnprotected(cluster);

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan) =>
        ChangePlanner.Everything(book.Cluster, plan, book.Nodes, book.Resources, Request.KeepVolumes) with { Force = Request.Force };
}

/// <summary>Takes single nodes out.</summary>
internal sealed record DeleteNodesWork(IReadOnlyList<string> Keys, bool Force) : ClusterWork
{
    public const string Name = "delete-nodes";

    public override string Verb => Name;

    public override void DemandAllowed(ClusterRecord cluster) => DemandUnprotected(cluster);

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan) => ChangePlanner.Removal(
        book.Cluster, plan, [.. book.Nodes.Where(node => Keys.Contains(node.Key) && node.State != NodeState.Gone)], book.Nodes, book.Resources)
        with { Force = Force };
}

/// <summary>Takes back what a failed create has made: all of a new cluster, or only what an older one lacked.</summary>
/// <param name="Keys">Keys of the nodes and balancers that were to be added; null for the whole cluster.</param>
internal sealed record RollBackWork(IReadOnlyList<string>? Keys) : ClusterWork
{
    public const string Name = "roll-back";

    public override string Verb => Name;

    public override ClusterState? During => Keys is null ? ClusterState.Deleting : null;

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan)
    {
        if (Keys is null)
        {
            return ChangePlanner.Everything(book.Cluster, plan, book.Nodes, book.Resources, keepVolumes: false) with { Force = true };
        }

        var removal = ChangePlanner.Removal(
            book.Cluster, plan, [.. book.Nodes.Where(node => Keys.Contains(node.Key) && node.State != NodeState.Gone)], book.Nodes, book.Resources);
        return removal with
        {
            Force = true,
            RemovedResources =
            [
                .. removal.RemovedResources,
                .. book.Resources.Where(made => made.Kind == ResourceKind.Balancer && Keys.Contains(made.Key)),
            ],
        };
    }
}
