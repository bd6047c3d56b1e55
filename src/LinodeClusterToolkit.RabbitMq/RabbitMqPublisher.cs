using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>Puts messages into queues, over one channel.</summary>
internal sealed class RabbitMqPublisher(RabbitMqAddress address, RabbitMqLink link)
{
    // So many are under way of one call; others' come in between.
    private const int MostTogether = 1000;
    private readonly SemaphoreSlim turn = new(1, 1);
    private RabbitMqConfirms? channel;

    /// <summary>How long is waited for a connection, and for the broker's word on what was sent.</summary>
    public required TimeSpan Patience { get; init; }

    public async Task PublishAsync(string queue, IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken cancellation)
    {
        foreach (var some in messages.Chunk(MostTogether))
        {
            using var late = new CancellationTokenSource(Patience);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
            var batch = new RabbitMqBatch(queue, some.Length);
            string? why;
            try
            {
                await SendAsync(batch, some, both.Token, cancellation).ConfigureAwait(false);
                why = await batch.Ended.WaitAsync(both.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                channel?.Session.Forget(queue);
                why = channel?.Session.Blocked is { } blocked ? $"it takes nothing: {blocked}"
                    : link.Why ?? $"no word within {Patience.TotalSeconds:0} s";
            }
            catch (Exception thrown) when (RabbitMqProblems.IsLoss(thrown) && thrown is not OperationCanceledException)
            {
                throw RabbitMqProblems.From(address, thrown);
            }

            if (why is not null)
            {
                throw new LinodeToolkitException(RabbitMqProblems.NotSafe(address, queue, why));
            }
        }
    }

    private async Task SendAsync(
        RabbitMqBatch batch, IEnumerable<ReadOnlyMemory<byte>> messages, CancellationToken both, CancellationToken cancellation)
    {
        while (true)
        {
            // Before the turn: all that wait for a connection are to hear why there is none.
            var session = await link.SessionAsync(Patience, cancellation).ConfigureAwait(false);
            await turn.WaitAsync(both).ConfigureAwait(false);
            try
            {
                var ready = await ReadyAsync(session, batch.Queue, both).ConfigureAwait(false);
                if (ready is not null)
                {
                    await WriteAsync(ready, batch, messages, both).ConfigureAwait(false);
                    return;
                }
            }
            finally
            {
                turn.Release();
            }

            both.ThrowIfCancellationRequested();
        }
    }

    // Null where the connection is gone again: nothing was sent, so it is begun anew.
    private async Task<RabbitMqConfirms?> ReadyAsync(RabbitMqSession session, string queue, CancellationToken both)
    {
        try
        {
            await session.DeclareAsync(queue, both).ConfigureAwait(false);
            if (channel is not { IsOpen: true } || channel.Session != session)
            {
                channel = new(session, await session.ChannelAsync(confirms: true, both).ConfigureAwait(false));
            }

            return channel;
        }
        catch (Exception thrown) when (RabbitMqProblems.IsLoss(thrown) && !session.IsOpen && !both.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task WriteAsync(
        RabbitMqConfirms ready, RabbitMqBatch batch, IEnumerable<ReadOnlyMemory<byte>> messages, CancellationToken both)
    {
        try
        {
            await ready.SendAsync(batch, messages, both).ConfigureAwait(false);
        }
        catch
        {
            // How far it came is not known, nor what the broker has counted.
            ready.Abandon();
            throw;
        }
    }
}
