using System.Threading.Channels;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>Puts messages into queues, many at once, and tells the board what the broker has. What it cannot get rid of comes due again.</summary>
internal sealed class WorkPublisher(WorkBoard board, IWorkBroker broker)
{
    private const int MostTogether = 500;
    private readonly Channel<(string Queue, WorkAddress Address)> waiting =
        Channel.CreateUnbounded<(string, WorkAddress)>(new() { SingleReader = true });

    public void Send(string queue, IEnumerable<WorkAddress> addresses)
    {
        foreach (var address in addresses)
        {
            waiting.Writer.TryWrite((queue, address));
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        var batch = new List<(string Queue, WorkAddress Address)>();
        while (await waiting.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            while (batch.Count < MostTogether && waiting.Reader.TryRead(out var one))
            {
                batch.Add(one);
            }

            await Task.WhenAll(batch.GroupBy(one => one.Queue, one => one.Address)
                .Select(of => PublishAsync(of.Key, [.. of], cancellation))).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async Task PublishAsync(string queue, IReadOnlyList<WorkAddress> addresses, CancellationToken cancellation)
    {
        try
        {
            await broker.PublishAsync(queue, [.. addresses.Select(address => address.Write())], cancellation).ConfigureAwait(false);
            await board.ConfirmAsync(addresses, cancellation).ConfigureAwait(false);
        }
        catch (LinodeToolkitException)
        {
            // The broker's state tells why; each is due again within seconds, and taken up by whichever worker has a connection then.
        }
    }
}
