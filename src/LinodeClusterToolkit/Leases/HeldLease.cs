using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Leases;

/// <summary>A lease that is kept alive until it is given back.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    private readonly ILeaseStore store;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource end = new();
    private readonly Task beating;
    private long renewed;

    private HeldLease(ILeaseStore store, Lease lease, TimeProvider time)
    {
        (this.store, Lease, this.time) = (store, lease, time);
        renewed = time.GetTimestamp();
        beating = BeatAsync();
    }

    public Lease Lease { get; }

    /// <summary>Cancelled when another has taken it, or it could not be renewed in time.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Cancelled when somebody asks its holder to stop.</summary>
    public CancellationToken StopAsked => stop.Token;

    /// <summary>Takes the lease of a cluster where it is free, or its holder is dead or silent.</summary>
    /// <exception cref="LinodeToolkitException">Somebody else holds it: LCT7011 says who, since when and from where.</exception>
    public static async Task<HeldLease> TakeAsync(
        ILeaseStore store, string cluster, string purpose, LeaseHolder self, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            var seen = await store.FindAsync(cluster, cancellation).ConfigureAwait(false);
            var now = time.GetUtcNow();
            if (seen?.IsHeldAt(now, self) == true)
            {
                throw new LinodeToolkitException(LeaseProblems.Held(seen));
            }

            // Where another was quicker, the next look finds out who.
            var wanted = new Lease(cluster, (seen?.Fence ?? 0) + 1, self, purpose, now, now);
            if (await store.TrySetAsync(wanted, cancellation).ConfigureAwait(false))
            {
                return new(store, wanted, time);
            }
        }
    }

    /// <summary>Throws where it is another's by now: a process that was held up, as by a sleeping machine, asks before it acts.</summary>
    public async Task DemandAsync()
    {
        if (time.GetElapsedTime(Volatile.Read(ref renewed)) >= Lease.Life)
        {
            await RenewAsync().ConfigureAwait(false);
        }

        if (lost.IsCancellationRequested)
        {
            throw new LinodeToolkitException(LeaseProblems.Lost(Lease.Cluster));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync().ConfigureAwait(false);
        await beating.ConfigureAwait(false);
        try
        {
            await store.ReleaseAsync(Lease, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LinodeToolkitException)
        {
            // It runs out by itself; what the run has to say matters more.
        }

        end.Dispose();
        stop.Dispose();
        lost.Dispose();
    }

    private async Task BeatAsync()
    {
        using var beat = new PeriodicTimer(Lease.Beat, time);
        try
        {
            while (await beat.WaitForNextTickAsync(end.Token).ConfigureAwait(false) && !lost.IsCancellationRequested)
            {
                await RenewAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
    }

    private async Task RenewAsync()
    {
        var asked = time.GetTimestamp();
        try
        {
            if (await store.RenewAsync(Lease, time.GetUtcNow(), end.Token).ConfigureAwait(false) is not { } stands)
            {
                await lost.CancelAsync().ConfigureAwait(false);
                return;
            }

            Volatile.Write(ref renewed, asked);
            await (stands.StopAsked ? stop.CancelAsync() : Task.CompletedTask).ConfigureAwait(false);
        }
        catch (LinodeToolkitException) when (time.GetElapsedTime(Volatile.Read(ref renewed)) < Lease.Life)
        {
            // A full or locked disk may be free again at the next beat.
        }
        catch (LinodeToolkitException)
        {
            await lost.CancelAsync().ConfigureAwait(false);
        }
    }
}
