using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Secrets;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Makes a cluster what its plan says.</summary>
internal sealed record CreateWork(OnFailure OnFailure) : ClusterWork
{
    /// <summary>What takes back what it makes, where that is to be done on a failure; known once its change set is.</summary>
    public RollBackWork? Undo { get; init; }

    public const string Name = "create";

    public override string Verb => Name;

    public override bool StopsOnFailure => OnFailure != OnFailure.Keep;

    public override Task DemandDataAsync(ResolvedPlan plan, ChangeSet changes, ISecretStore secrets, CancellationToken cancellation) =>
        RiderSizes.DemandDataAsync(plan, changes, secrets, cancellation);

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan) =>
        ChangePlanner.Additions(book.Cluster, plan, book.Nodes, book.Resources);
}

/// <summary>Makes single nodes; the plan made of them is part of the work, since a cluster's own does not name them.</summary>
internal sealed record CreateNodesWork(string Nodes) : ClusterWork
{
    public const string Name = "create-nodes";

    public override string Verb => Name;

    public override ResolvedPlan PlanOf(ClusterRecord cluster) => ResolvedPlanJson.Read(Nodes);

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan) =>
        ChangePlanner.Additions(book.Cluster, plan, book.Nodes, book.Resources);
}
