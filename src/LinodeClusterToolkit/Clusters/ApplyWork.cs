using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Secrets;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Brings a cluster that stands to another plan, by changes that were decided on before.</summary>
/// <param name="Target">The plan it is to have, as JSON.</param>
/// <param name="Before">Plans it may have been made by, as JSON; the last one at the end.</param>
/// <param name="Changes">What is done.</param>
internal sealed record ApplyWork(string Target, IReadOnlyList<string> Before, IReadOnlyList<PlannedChange> Changes) : ClusterWork
{
    public const string Name = "apply";

    /// <summary>What people call it: apply or scale.</summary>
    public string Called { get; init; } = Name;

    /// <summary>True keeps the volumes of nodes that go.</summary>
    public bool KeepVolumes { get; init; }

    /// <summary>Ids that nodes had which are gone from the account, by their keys: those are made again.</summary>
    public IReadOnlyDictionary<string, long> Lost { get; init; } = new Dictionary<string, long>();

    /// <summary>Text of the plan, where it is another.</summary>
    public string? PlanText { get; init; }

    /// <summary>Name of the plan, where it is another.</summary>
    public string? PlanName { get; init; }

    /// <summary>Whether the cluster is to be protected from deletion, where the plan's word on that is another.</summary>
    public bool? Protects { get; init; }

    public override string Verb => Called;

    // What was begun for another change set has steps of the same names that did other things.
    public override bool GoesOnWith(RunRecord last) => last.Work == Write();

    public override ResolvedPlan PlanOf(ClusterRecord cluster) => ResolvedPlanJson.Read(Target);

    public override void DemandAllowed(ClusterRecord cluster)
    {
        if (Changes.Any(change => change.Way == ChangeWay.Remove))
        {
            DemandUnprotected(cluster);
        }
    }

    public override Task DemandDataAsync(ResolvedPlan plan, ChangeSet changes, ISecretStore secrets, CancellationToken cancellation) =>
        RiderSizes.DemandDataAsync(plan, changes, secrets, cancellation);

    public override ChangeSet Plan(ClusterBook book, ResolvedPlan plan) =>
        new ApplyPlanner(book.Cluster, plan, [.. Before.Select(ResolvedPlanJson.Read)], book.Nodes, book.Resources).Plan(Changes, KeepVolumes, Lost);
}
