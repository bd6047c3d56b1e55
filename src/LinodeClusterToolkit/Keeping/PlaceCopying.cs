using System.Runtime.CompilerServices;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;

namespace LinodeClusterToolkit.Keeping;

/// <summary>Copies what a place holds of clusters, out of it and into it.</summary>
internal sealed class PlaceCopying(InventoryPlace place, LeaseHolder self, TimeProvider time)
{
    /// <summary>All clusters, deleted ones too, by name.</summary>
    /// <exception cref="LinodeToolkitException">LCT7011: a run is at work on one; what it writes meanwhile would be missing.</exception>
    public async IAsyncEnumerable<ClusterCopy> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var cluster in place.Inventory.ListClustersAsync(true, cancellation).ConfigureAwait(false))
        {
            yield return await CopyAsync(cluster, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a cluster in, and reads it back; false where all of it stands there already.</summary>
    /// <exception cref="LinodeToolkitException">
    /// LCT4045: another stands there under its name, or it with other records; LCT9204: it did not read back the same.
    /// </exception>
    public async Task<bool> PutAsync(ClusterCopy copy, CancellationToken cancellation)
    {
        var standing = await FindAsync(copy.Cluster.Id, cancellation).ConfigureAwait(false);
        if (standing is not null && (await CopyAsync(standing, cancellation).ConfigureAwait(false)).Text == copy.Text)
        {
            return false;
        }

        // The same cluster, with less of it: a copy that was not brought to its end is gone on with. One that went on to live is not touched.
        if (standing is null
            ? !await place.Inventory.TryAddWholeAsync(copy.Cluster, copy.Nodes, copy.Changes, cancellation).ConfigureAwait(false)
            : !IsBegun(await CopyAsync(standing, cancellation).ConfigureAwait(false), copy))
        {
            throw new LinodeToolkitException(KeepingProblems.Stands(copy.Cluster.Name, place.Inventory.Description));
        }

        await place.Inventory.SaveResourcesAsync(copy.Resources, cancellation).ConfigureAwait(false);
        await place.Inventory.RaiseCountersAsync(copy.Cluster.Id, copy.Counters, cancellation).ConfigureAwait(false);
        foreach (var (run, steps) in copy.Runs)
        {
            await place.Inventory.SaveRunAsync(run, cancellation).ConfigureAwait(false);
            await place.Journal.EnterAsync(run.Id, [.. steps.Select(step => step.Step)], cancellation).ConfigureAwait(false);
            await Task.WhenAll(steps.Select(step => place.Journal.WriteAsync(step, cancellation))).ConfigureAwait(false);
        }

        await RaiseFenceAsync(copy, cancellation).ConfigureAwait(false);
        var now = await FindAsync(copy.Cluster.Id, cancellation).ConfigureAwait(false);
        return now is not null && (await CopyAsync(now, cancellation).ConfigureAwait(false)).Text == copy.Text
            ? true
            : throw new LinodeToolkitException(KeepingProblems.NotTheSame(copy.Cluster.Name, place.Inventory.Description));
    }

    private async Task<ClusterCopy> CopyAsync(ClusterRecord cluster, CancellationToken cancellation)
    {
        var lease = await place.Leases.FindAsync(cluster.Name, cancellation).ConfigureAwait(false);
        if (lease?.IsHeldAt(time.GetUtcNow(), self) == true)
        {
            throw new LinodeToolkitException(LeaseProblems.Held(lease));
        }

        var runs = new List<RunCopy>();
        await foreach (var run in place.Inventory.ListRunsAsync(cluster.Id, cancellation).ConfigureAwait(false))
        {
            runs.Insert(0, new(run, await place.Journal.ReadAsync(run.Id, cancellation).ConfigureAwait(false)));
        }

        var query = new NodeQuery(IncludeGone: true) { ClusterId = cluster.Id };
        return new(
            cluster, lease?.Fence ?? 0, await place.Inventory.ListNodesAsync(query, cancellation).ToListAsync(cancellation).ConfigureAwait(false),
            await place.Inventory.ListResourcesAsync(cluster.Id, cancellation).ToListAsync(cancellation).ConfigureAwait(false),
            await place.Inventory.GetCountersAsync(cluster.Id, cancellation).ConfigureAwait(false), runs,
            await place.Inventory.ListChangesAsync(new(cluster.Id), cancellation).ToListAsync(cancellation).ConfigureAwait(false));
    }

    private static bool IsBegun(ClusterCopy there, ClusterCopy copy)
    {
        var runs = copy.Runs.Select(run => run.Run.Id).ToHashSet(StringComparer.Ordinal);
        return there.Fence <= copy.Fence && there.Runs.All(run => runs.Contains(run.Run.Id))
            && (there with { Fence = copy.Fence, Resources = copy.Resources, Counters = copy.Counters, Runs = copy.Runs }).Text == copy.Text;
    }

    private async Task<ClusterRecord?> FindAsync(Guid id, CancellationToken cancellation) =>
        await place.Inventory.ListClustersAsync(true, cancellation).FirstOrDefaultAsync(cluster => cluster.Id == id, cancellation)
            .ConfigureAwait(false);

    private async Task RaiseFenceAsync(ClusterCopy copy, CancellationToken cancellation)
    {
        var name = copy.Cluster.Name;
        for (var stands = await FenceAsync().ConfigureAwait(false); stands < copy.Fence; stands = await FenceAsync().ConfigureAwait(false))
        {
            // A first lease may have any fence; one that is there goes up by one.
            var now = time.GetUtcNow();
            await place.Leases.TrySetAsync(
                new(name, stands == 0 ? copy.Fence : stands + 1, null, "migrate", now, now), cancellation).ConfigureAwait(false);
        }

        async Task<long> FenceAsync() => (await place.Leases.FindAsync(name, cancellation).ConfigureAwait(false))?.Fence ?? 0;
    }
}
