using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>Looks the board through again and again: frees what dead workers held, and publishes what has come due.</summary>
internal sealed class Sweep(WorkerParts parts, WorkPublisher publisher)
{
    private const int MostTogether = 500;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Every, parts.Time, cancellation).ConfigureAwait(false);
            await TryAsync(() => FreeAsync(cancellation)).ConfigureAwait(false);
            await TryAsync(() => PublishAsync(cancellation)).ConfigureAwait(false);
        }
    }

    private async Task FreeAsync(CancellationToken cancellation)
    {
        foreach (var name in await parts.Board.FreeDeadAsync(parts.Self, cancellation).ConfigureAwait(false))
        {
            parts.Notice(new(parts.Time.GetUtcNow(), "freed", $"worker {name} is dead: what it had begun is free"));
        }
    }

    private async Task PublishAsync(CancellationToken cancellation)
    {
        if (!parts.Broker.State.IsConnected)
        {
            return;
        }

        var due = await parts.Board.TakeDueAsync(MostTogether, cancellation).ConfigureAwait(false);
        foreach (var of in due.GroupBy(one => one.Queue, one => one.Address))
        {
            publisher.Send(of.Key, of);
        }
    }

    // Each by itself: what cannot be freed must not keep the rest from being sent.
    private static async Task TryAsync(Func<Task> duty)
    {
        try
        {
            await duty().ConfigureAwait(false);
        }
        catch (LinodeToolkitException away) when (away.Problem.Retryable)
        {
            // The database is away; the signs of life tell.
        }
    }
}
