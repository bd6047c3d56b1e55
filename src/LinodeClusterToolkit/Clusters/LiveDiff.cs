using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Holds what is kept of clusters against their plans, and against what stands in the account; changes nothing.</summary>
internal sealed class LiveDiff(Workshop shop)
{
    /// <summary>Everything in which what was seen differs from what is recorded; pure.</summary>
    public static IReadOnlyList<Drift> Compare(DriftRecords records, CloudSight? sight)
    {
        var drifts = new DriftList(records);
        PlanDrift.Compare(records, drifts);
        if (sight is not null)
        {
            NodeDrift.Compare(records, sight, drifts);
            VolumeDrift.Compare(records, sight, drifts);
            BalancerDrift.Compare(records, sight, drifts);
            FirewallDrift.Compare(records, sight, drifts);
            ScriptDrift.Compare(records, sight, drifts);
        }

        return drifts.All;
    }

    /// <summary>The differences of a cluster, or of each of a set.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="live">Whether to look at the account; else no request is sent.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<ClusterDiff> FindAsync(ClusterRecord cluster, bool live, CancellationToken cancellation)
    {
        if (ClusterSets.MembersOf(cluster) is not { Count: > 0 } members)
        {
            return await OneAsync(cluster, live, cancellation).ConfigureAwait(false);
        }

        var all = new List<ClusterDiff>();
        foreach (var member in members)
        {
            all.Add(await shop.Store.FindClusterAsync(member.Cluster, cancellation).ConfigureAwait(false) is { } found
                ? await OneAsync(found, live, cancellation).ConfigureAwait(false)
                : new(member.Cluster, [Absent(member.Cluster)]));
        }

        return new(cluster.Name, [.. all.SelectMany(one => one.Drifts)])
        {
            Unseen = [.. all.SelectMany(one => one.Unseen).Distinct()], AtWork = [.. all.SelectMany(one => one.AtWork)],
        };
    }

    private static Drift Absent(string cluster) =>
        new(cluster, DriftKind.Missing, "cluster", cluster) { Fact = "cluster", Recorded = "in the set", Remedy = DriftRemedy.Create };

    private async Task<ClusterDiff> OneAsync(ClusterRecord cluster, bool live, CancellationToken cancellation)
    {
        // The lease first: a run that ends in between has changed what is read next.
        var lease = await new RunControl(shop).FindAsync(cluster.Name, cancellation).ConfigureAwait(false);
        var book = await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        var records = new DriftRecords(
            cluster, ResolvedPlanJson.Read(cluster.Resolved), [.. book.Nodes], [.. book.Resources],
            await WasMadeHereAsync(cluster, cancellation).ConfigureAwait(false));
        var sight = live ? await CloudLook.LookAsync(shop.For(records.Plan).Cloud, records, cancellation).ConfigureAwait(false) : null;
        sight = sight is null ? null : await WithoutOthersAsync(records, sight, cancellation).ConfigureAwait(false);
        return new(cluster.Name, Compare(records, sight)) { Unseen = sight?.Unseen ?? [], AtWork = lease is null ? [] : [lease] };
    }

    // One that was taken up without a plan has none that says how its firewall was made.
    private async Task<bool> WasMadeHereAsync(ClusterRecord cluster, CancellationToken cancellation) => cluster.PlanText.Length > 0
        || await shop.Store.ListRunsAsync(cluster.Id, cancellation).OrderBy(run => run.Started).Select(run => run.Verb)
            .FirstOrDefaultAsync(cancellation).ConfigureAwait(false) is CreateWork.Name or CreateNodesWork.Name;

    // What is in the records is ours whatever it is tagged with; of the rest, what other customers have made is not shown.
    private async Task<CloudSight> WithoutOthersAsync(DriftRecords records, CloudSight sight, CancellationToken cancellation)
    {
        var nodes = records.Standing.Select(node => node.LinodeId!.Value).ToHashSet();
        return sight with
        {
            Nodes = await OwnAsync(sight.Nodes, node => nodes.Contains(node.Id), node => node.Tags).ConfigureAwait(false),
            Volumes = await OwnAsync(sight.Volumes, IsMade<CloudVolume>(ResourceKind.Volume, one => one.Id), one => one.Tags).ConfigureAwait(false),
            Balancers = await OwnAsync(sight.Balancers, IsMade<CloudBalancer>(ResourceKind.Balancer, one => one.Id), one => one.Tags)
                .ConfigureAwait(false),
            Firewalls = await OwnAsync(sight.Firewalls, IsMade<CloudFirewall>(ResourceKind.Firewall, one => one.Id), one => one.Tags)
                .ConfigureAwait(false),
        };

        Func<T, bool> IsMade<T>(ResourceKind kind, Func<T, long> id)
        {
            var known = records.Ids(kind).ToHashSet();
            return one => known.Contains(id(one));
        }

        async Task<IReadOnlyList<T>?> OwnAsync<T>(IReadOnlyList<T>? seen, Func<T, bool> isKnown, Func<T, IReadOnlyList<string>> tags) =>
            seen is null ? null :
            [
                .. seen.Where(isKnown),
                .. await OthersCloud.WithoutAsync(shop.Store, [.. seen.Where(one => !isKnown(one))], tags, cancellation).ConfigureAwait(false),
            ];
    }
}
