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
            try
            {
                foreach (var name in await parts.Board.FreeDeadAsync(parts.Self, cancellation).ConfigureAwait(false))
                {
                    parts.Notice(new(parts.Time.GetUtcNow(), "freed", $"worker {name} is dead: what it had begun is free"));
                }

                if (parts.Broker.State.IsConnected)
                {
                    var due = await parts.Board.TakeDueAsync(MostTogether, cancellation).ConfigureAwait(false);
                    foreach (var of in due.GroupBy(one => one.Queue, one => one.Address))
                    {
                        publisher.Send(of.Key, of);
                    }
                }
            }
            catch (LinodeToolkitException)
            {
                // The database is away; the signs of life tell.
            }
        }
    }
}
