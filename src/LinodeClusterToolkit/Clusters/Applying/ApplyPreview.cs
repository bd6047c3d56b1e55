using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What bringing a cluster to a plan does, change by change; it is what is run, or nothing is.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Plan">The plan it has afterwards.</param>
/// <param name="Changes">What is done, and what of the plan is only kept.</param>
/// <param name="LeastTime">The bound: time under the account's limits and the cloud's own times, and what sets it.</param>
/// <param name="Warnings">What the user should know.</param>
public sealed record ApplyPreview(
    string Cluster, ResolvedPlan Plan, IReadOnlyList<PlannedChange> Changes, LeastTime LeastTime, IReadOnlyList<Problem> Warnings)
{
    /// <summary>Differences that stay, as nobody has allowed to lose what would be lost.</summary>
    public IReadOnlyList<PlannedChange> Held { get; init; } = [];

    /// <summary>Differences that cannot be made away with: nothing is done while there are any.</summary>
    public IReadOnlyList<PlannedChange> Refused { get; init; } = [];

    /// <summary>What the cluster costs afterwards, where nothing is held.</summary>
    public required PlanCost Cost { get; init; }

    /// <summary>What it costs more an hour than before, USD.</summary>
    public decimal Hourly => Changes.Sum(change => change.Hourly);

    /// <summary>What it costs more a month than before, USD.</summary>
    public decimal Monthly => Changes.Sum(change => change.Monthly);

    /// <summary>True where there is nothing to do and nothing to keep.</summary>
    public bool IsEmpty => Changes.Count == 0;

    internal ApplyWork? Work { get; init; }

    internal Func<CancellationToken, Task<ApplyPreview>>? Again { get; init; }
}
