using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>A cluster that is to be changed, as it is recorded.</summary>
/// <param name="Book">Its records.</param>
/// <param name="Stored">The plan it has.</param>
/// <param name="InForce">Plans by which parts of it may have been made, as JSON; the last one is the stored one.</param>
/// <param name="Counters">Its running counters.</param>
internal sealed record ApplyBasis(ClusterBook Book, ResolvedPlan Stored, IReadOnlyList<string> InForce, IReadOnlyDictionary<string, long> Counters)
{
    public static async Task<ApplyBasis> ReadAsync(Workshop shop, string name, CancellationToken cancellation)
    {
        var cluster = await shop.Store.FindClusterAsync(name, cancellation).ConfigureAwait(false)
            ?? throw new LinodeToolkitException(ClusterProblems.NoSuch("cluster", name, []));
        if (ClusterSets.MembersOf(cluster).Count > 0)
        {
            throw new LinodeToolkitException(ClusterProblems.IsSet(name));
        }

        if (cluster.State == ClusterState.Deleting)
        {
            throw new LinodeToolkitException(ClusterProblems.BeingDeleted(name));
        }

        return new(
            await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false),
            ResolvedPlanJson.Read(cluster.Resolved),
            await InForceAsync(shop, cluster, cancellation).ConfigureAwait(false),
            await shop.Store.GetCountersAsync(cluster.Id, cancellation).ConfigureAwait(false));
    }

    // A run that did not come to its end has brought in part of its plan: that part may be of the one before, or of this.
    private static async Task<IReadOnlyList<string>> InForceAsync(Workshop shop, ClusterRecord cluster, CancellationToken cancellation)
    {
        var plans = new List<string>();
        var runs = await shop.Store.ListRunsAsync(cluster.Id, cancellation).ToListAsync(cancellation).ConfigureAwait(false);
        foreach (var run in runs.OrderBy(run => run.Started))
        {
            if (ClusterWork.Read(run.Work) is ApplyWork work)
            {
                plans = run.State == "done" ? [] : [.. plans.Union(work.Before), work.Target];
            }
        }

        return [.. plans.Where(plan => plan != cluster.Resolved), cluster.Resolved];
    }
}
