using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Feeds;

/// <summary>Waits for events of an account that many processes share: one of them polls, all look in the database what it brought.</summary>
internal sealed class SharedEventWatch : IEventWatch, IDisposable
{
    private const string Creation = "linode_create";
    private readonly FeedStore store;
    private readonly FeedTimes times;
    private readonly TimeProvider time;
    private readonly EventWaits waits;
    private readonly FeedPoller poller;

    public SharedEventWatch(FeedStore store, LinodeV4Client client, string holder, FeedTimes times)
    {
        (this.store, this.times, time) = (store, times, client.Time);
        waits = new(TellAsync);
        poller = new(store, client, waits, holder, times);
    }

    // The first poll of an account gives it its position, which is never given up again: nothing that begins after it is missed,
    // however long nobody waits.
    public async Task MarkAsync(CancellationToken cancellation)
    {
        if (!await store.HasPositionAsync(cancellation).ConfigureAwait(false))
        {
            await waits.WaitAsync(new(0, "", null, asItStands: true), cancellation).ConfigureAwait(false);
        }
    }

    public async Task<CloudEvent> WaitAsync(long nodeId, string action, long? subjectId, CancellationToken cancellation) =>
        (await waits.WaitAsync(new(nodeId, action, subjectId), cancellation).ConfigureAwait(false))!;

    public Task WaitIdleAsync(long nodeId, CancellationToken cancellation) => waits.WaitAsync(new(nodeId, null, null), cancellation);

    public async Task<bool> CoversAsync(long nodeId, CancellationToken cancellation) =>
        await store.KnowsAsync(nodeId, Creation, cancellation).ConfigureAwait(false)
        || await waits.WaitAsync(new(nodeId, Creation, null, asItStands: true), cancellation).ConfigureAwait(false) is not null;

    public void Dispose()
    {
        waits.FailAll(new ObjectDisposedException(nameof(SharedEventWatch)));
        poller.Dispose();
    }

    private async Task TellAsync(CancellationToken stop)
    {
        var sight = new FeedSight(waits);
        while (true)
        {
            try
            {
                await LookAsync(sight, stop).ConfigureAwait(false);
            }
            catch (LinodeToolkitException exception) when (exception.Problem.Retryable)
            {
                // The database has been tried for a while already; who waits decides how long that may last.
            }

            await Task.Delay(times.Look, time, stop).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(FeedSight sight, CancellationToken stop)
    {
        var asked = waits.Do(sight.Ask, stop);
        var look = await store.LookAsync(sight.Seen, asked.Nodes, stop).ConfigureAwait(false);
        waits.Do(
            () =>
            {
                sight.Take(asked, look);
                if (look.IsFree && waits.Any)
                {
                    poller.Start();
                }
            },
            stop);
    }
}
