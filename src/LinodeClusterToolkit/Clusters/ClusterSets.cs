using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Sets of clusters: kept as records of their own, which hold no nodes but the names of their members and an order.</summary>
internal sealed class ClusterSets(IInventoryStore store, TimeProvider time)
{
    /// <summary>Keeps a set under a name, or finds it kept with the same members.</summary>
    public async Task<IReadOnlyList<ResolvedMember>> KeepAsync(string name, PlanSource source, PlanSet set, CancellationToken cancellation)
    {
        Names.DemandGood(name);
        ResolvedMember[] members = [.. set.Members.Select(member => new ResolvedMember(
            PlanSet.ClusterOf(name, member.Name), [.. member.After.Select(after => PlanSet.ClusterOf(name, after))]))];
        foreach (var member in members)
        {
            Names.DemandGood(member.Cluster);
        }

        var plan = new ResolvedPlan(name, set.Name ?? name, [], new Dictionary<string, long>(), []) { Members = members };
        var existing = await store.FindClusterAsync(name, cancellation).ConfigureAwait(false);
        if (existing is null)
        {
            var record = new ClusterRecord(
                Guid.CreateVersion7(), name, ClusterState.Creating, source.Text, source.Name, ResolvedPlanJson.Write(plan), time.GetUtcNow());
            return await store.TryAddClusterAsync(record, cancellation).ConfigureAwait(false) ? members
                : throw new LinodeToolkitException(ClusterProblems.Taken(name));
        }

        var kept = MembersOf(existing);
        return kept.Count > 0 && kept.Select(member => member.Cluster).SequenceEqual(members.Select(member => member.Cluster), StringComparer.Ordinal)
            ? members
            : throw new LinodeToolkitException(ClusterProblems.Taken(name));
    }

    /// <summary>Members of a set in the order of their start; none where the record is that of a cluster.</summary>
    public static IReadOnlyList<ResolvedMember> MembersOf(ClusterRecord record) =>
        record.Resolved.Length == 0 ? [] : ResolvedPlanJson.Read(record.Resolved).Members;

    /// <summary>Forgets a set whose clusters are gone.</summary>
    public Task ForgetAsync(ClusterRecord set, CancellationToken cancellation) =>
        store.UpdateClusterAsync(set with { State = ClusterState.Deleted, Updated = time.GetUtcNow() }, cancellation);

    /// <summary>Throws where a cluster of a set is to start while one it starts after is not there.</summary>
    public Task DemandStartableAsync(string cluster, bool force, CancellationToken cancellation) =>
        DemandAsync(cluster, force, ClusterProblems.NeedsCluster, (member, other) => member.After.Contains(other.Cluster), IsAtWork, wanted: true, cancellation);

    /// <summary>Throws where a cluster of a set is to stop or go while one that starts after it is at work.</summary>
    public Task DemandStoppableAsync(string cluster, bool force, CancellationToken cancellation) =>
        DemandAsync(cluster, force, ClusterProblems.NeededByCluster, (member, other) => other.After.Contains(member.Cluster), IsUp, wanted: false, cancellation);

    private static bool IsAtWork(ClusterState? state) => state is ClusterState.Started or ClusterState.Degraded;

    // On the way up or down it may still be at work, or be already.
    private static bool IsUp(ClusterState? state) => IsAtWork(state) || state is ClusterState.Starting or ClusterState.Stopping;

    private async Task DemandAsync(
        string cluster, bool force, Func<string, string, Problem> problem, Func<ResolvedMember, ResolvedMember, bool> isConcerned,
        Func<ClusterState?, bool> isUp, bool wanted, CancellationToken cancellation)
    {
        if (force)
        {
            return;
        }

        await foreach (var set in store.ListClustersAsync(false, cancellation).ConfigureAwait(false))
        {
            var members = MembersOf(set);
            if (members.FirstOrDefault(one => one.Cluster == cluster) is not { } member)
            {
                continue;
            }

            foreach (var other in members.Where(other => isConcerned(member, other)))
            {
                var state = (await store.FindClusterAsync(other.Cluster, cancellation).ConfigureAwait(false))?.State;
                if (isUp(state) != wanted)
                {
                    throw new LinodeToolkitException(problem(cluster, other.Cluster));
                }
            }
        }
    }
}
