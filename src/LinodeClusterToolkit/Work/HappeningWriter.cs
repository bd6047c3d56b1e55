using System.Threading.Channels;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>Writes the events of runs down, many at once; nobody waits for them.</summary>
internal sealed class HappeningWriter(WorkBoard board, TimeProvider time)
{
    private const int MostTogether = 2000;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private readonly Channel<Happening> waiting = Channel.CreateUnbounded<Happening>(new() { SingleReader = true });

    public void Tell(WorkAddress run, string body) => waiting.Writer.TryWrite(new(run, body));

    /// <summary>Writes until it is cancelled, and then what is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await WaitAsync(cancellation).ConfigureAwait(false))
        {
            await FlushAsync().ConfigureAwait(false);
        }

        await FlushAsync().ConfigureAwait(false);
    }

    private async Task<bool> WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Every, time, cancellation).ConfigureAwait(false);
            return await waiting.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task FlushAsync()
    {
        var batch = new List<Happening>();
        while (batch.Count < MostTogether && waiting.Reader.TryRead(out var one))
        {
            batch.Add(one);
        }

        try
        {
            await (batch.Count == 0 ? Task.CompletedTask : board.AddEventsAsync(batch, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (LinodeToolkitException)
        {
            // Events are for people; the records say what is so. A database that is away for long has told so elsewhere.
        }
    }
}
