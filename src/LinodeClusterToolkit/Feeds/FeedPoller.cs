using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Feeds;

/// <summary>Polls an account for all processes, where this one has the turn and somebody waits in it.</summary>
/// <param name="store">Where the feed is.</param>
/// <param name="client">Asks the API.</param>
/// <param name="waits">Who waits in this process.</param>
/// <param name="holder">Name of this process's poller, used by no other.</param>
/// <param name="times">How fast it goes.</param>
internal sealed class FeedPoller(FeedStore store, LinodeV4Client client, EventWaits waits, string holder, FeedTimes times) : IDisposable
{
    private readonly TimeProvider time = client.Time;
    private readonly CancellationTokenSource closing = new();
    private Task polling = Task.CompletedTask;
    private long? failed;

    /// <summary>Polls from now on, if another process is not quicker; to be called by one at a time.</summary>
    public void Start()
    {
        // Who could not do it lets others try first: it may be the only one that cannot.
        if (polling.IsCompleted && !(failed is { } at && time.GetElapsedTime(at) < times.Interval))
        {
            var stop = closing.Token;
            polling = Task.Run(() => RunAsync(stop), CancellationToken.None);
        }
    }

    /// <summary>Gives the turn back; where the database is away, others take it when this one is silent.</summary>
    public void Dispose() => _ = closing.CancelAsync();

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            failed = null;
            if (await store.TakeAsync(holder, stop).ConfigureAwait(false) is { } turn)
            {
                await UseAsync(turn, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Closed.
        }
        catch (LinodeToolkitException exception) when (Passes(exception))
        {
            // It says nothing about the work waited for.
            failed = time.GetTimestamp();
        }
        catch (Exception exception)
        {
            // A token that is refused, or a database that is none of ours, never gets better. Others may have better ones.
            failed = time.GetTimestamp();
            waits.FailAll(exception);
        }
    }

    private async Task UseAsync(FeedTurn turn, CancellationToken stop)
    {
        try
        {
            var reader = new FeedReader(client, turn, times);
            while (waits.Any && await PollAsync(turn, reader, stop).ConfigureAwait(false))
            {
            }
        }
        finally
        {
            await ReleaseAsync(turn).ConfigureAwait(false);
        }
    }

    private async Task ReleaseAsync(FeedTurn turn)
    {
        try
        {
            await store.ReleaseAsync(turn, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LinodeToolkitException or ObjectDisposedException)
        {
            // Others take it when this one is silent.
        }
    }

    /// <summary>One poll, or the pause before it; false where the turn is another's by now.</summary>
    private async Task<bool> PollAsync(FeedTurn turn, FeedReader reader, CancellationToken stop)
    {
        var leave = await store.BeginAsync(turn, stop).ConfigureAwait(false);
        if (leave is not { Number: { } poll })
        {
            await (leave is null ? Task.CompletedTask : Task.Delay(leave.Wait, time, stop)).ConfigureAwait(false);
            return leave is not null;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            var reading = reader.ReadAsync(leave.Gap, ending.Token);
            while (await Task.WhenAny(reading, Task.Delay(times.Life / 3, time, ending.Token)).ConfigureAwait(false) != reading)
            {
                if (!await store.BeatAsync(turn, ending.Token).ConfigureAwait(false))
                {
                    return false;
                }
            }

            var news = await reading.ConfigureAwait(false);
            return await store.EndAsync(turn, poll, reader.Position, reader.Far, news, stop).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    private static bool Passes(LinodeToolkitException exception) =>
        exception is LinodeApiException refused ? refused.Failure != ApiFailure.NotAllowed : exception.Problem.Retryable;
}
