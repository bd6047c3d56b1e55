using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Boots what is off, in the plan's order.</summary>
internal sealed record StartWork(StartRequest Request) : ClusterWork
{
    public const string Name = "start";

    public override string Verb => Name;

    public override ClusterState? During => ClusterState.Starting;

    public override void Demand(ClusterRecord cluster, IReadOnlyCollection<NodeRecord> nodes)
    {
        PowerOrder.DemandGroups(nodes, Request.Only);
        PowerOrder.DemandStartable(PlanOf(cluster), nodes, Request);
    }

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan) => ChangePlanner.Start(book.Cluster, plan, book.Nodes, Request.Only);
}

/// <summary>Shuts down what runs, in the reverse of the plan's order.</summary>
internal sealed record StopWork(StopRequest Request) : ClusterWork
{
    public const string Name = "stop";

    public override string Verb => Name;

    public override ClusterState? During => ClusterState.Stopping;

    public override void Demand(ClusterRecord cluster, IReadOnlyCollection<NodeRecord> nodes)
    {
        PowerOrder.DemandGroups(nodes, Request.Only);
        PowerOrder.DemandStoppable(PlanOf(cluster), nodes, Request);
    }

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan) =>
        ChangePlanner.Stop(book.Cluster, plan, book.Nodes, Request.Only) with { Force = Request.Force, Unwatch = Request.WatchdogOff };
}
