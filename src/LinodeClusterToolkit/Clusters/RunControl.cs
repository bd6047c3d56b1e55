using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What can be said to a run from outside of it.</summary>
internal sealed class RunControl(Workshop shop)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>The lease of a cluster whose run is at work; null where none is.</summary>
    public async Task<Lease?> FindAsync(string cluster, CancellationToken cancellation) =>
        await shop.Leases.FindAsync(cluster, cancellation).ConfigureAwait(false) is { } lease && lease.IsHeldAt(shop.Time.GetUtcNow(), shop.Self)
            ? lease
            : null;

    /// <summary>Asks the run at work on a cluster to stop; the answer is its lease, or null where none is at work.</summary>
    public async Task<Lease?> AskToStopAsync(string cluster, CancellationToken cancellation) =>
        await FindAsync(cluster, cancellation).ConfigureAwait(false) is { } lease
            && await shop.Leases.AskToStopAsync(lease, cancellation).ConfigureAwait(false) ? lease : null;

    /// <summary>Waits until a lease is given back, or its holder dead or silent.</summary>
    public async Task WaitAsync(Lease lease, CancellationToken cancellation)
    {
        while (await FindAsync(lease.Cluster, cancellation).ConfigureAwait(false) is { } stands && stands.Fence == lease.Fence)
        {
            await Task.Delay(Look, shop.Time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps a step from being run; a run at work hears of it when it would begin.</summary>
    /// <exception cref="LinodeToolkitException">It is under way, or done.</exception>
    public async Task CancelStepAsync(string run, string step, CancellationToken cancellation)
    {
        if (!await shop.Journal.TryCancelAsync(run, step, cancellation).ConfigureAwait(false))
        {
            throw new LinodeToolkitException(ClusterProblems.TooLate(run, step));
        }
    }

    /// <summary>Has steps that were cancelled run after all, when their run goes on.</summary>
    public async Task RestoreStepsAsync(string run, IReadOnlySet<string> steps, CancellationToken cancellation)
    {
        // Not forgotten: one that was begun before it was cancelled looks for what it had made by then.
        var cancelled = (await shop.Journal.ReadAsync(run, cancellation).ConfigureAwait(false))
            .Where(entry => entry.State == StepState.Cancelled && steps.Contains(entry.Step));
        await Task.WhenAll(cancelled.Select(entry => shop.Journal.WriteAsync(
            entry with { State = StepState.Waiting, Ended = null, Problem = null }, cancellation))).ConfigureAwait(false);
    }

    /// <summary>Refuses to delete a cluster and all that is of it, or allows it again.</summary>
    public async Task ProtectAsync(ClusterRecord cluster, bool on, CancellationToken cancellation)
    {
        var held = await HeldLease.TakeAsync(
            shop.Leases, cluster.Name, on ? "protect" : "unprotect", shop.Self, shop.Time, cancellation).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);

        // Read under the lease: a run may have changed the record since.
        var stands = await shop.Store.FindClusterAsync(cluster.Name, cancellation).ConfigureAwait(false);
        await shop.Store.Under(held.Lease).UpdateClusterAsync((stands ?? cluster) with { IsProtected = on }, cancellation).ConfigureAwait(false);
    }
}
