using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Work;
using RabbitMQ.Client;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>Gets the messages of one queue for as long as they are wanted, over as many channels as that takes.</summary>
internal sealed class RabbitMqReceiver(RabbitMqAddress address, RabbitMqLink link, string queue, ushort most, Action<IWorkDelivery> take)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);
    private readonly Lock turn = new();

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var session = await link.SessionAsync(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
                await ReceiveAsync(session, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (LinodeToolkitException)
            {
                // The link says so to all, and tries again; it has its own pauses.
                continue;
            }
            catch (Exception thrown) when (RabbitMqProblems.CodeOf(thrown) is Constants.AccessRefused or Constants.PreconditionFailed)
            {
                throw RabbitMqProblems.From(address, thrown);
            }
            catch (Exception thrown) when (RabbitMqProblems.IsLoss(thrown))
            {
                // Begun again below.
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReceiveAsync(RabbitMqSession session, CancellationToken cancellation)
    {
        await session.DeclareAsync(queue, cancellation).ConfigureAwait(false);
        var channel = await session.ChannelAsync(confirms: false, cancellation).ConfigureAwait(false);
        try
        {
            var consumer = new RabbitMqConsumer(channel, turn, take, cancellation);
            await channel.BasicQosAsync(0, most, global: false, cancellation).ConfigureAwait(false);
            var tag = await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellation).ConfigureAwait(false);
            await consumer.Ended.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested)
            {
                // The channel stays: what was handed over is settled on it.
                using var late = new CancellationTokenSource(Farewell);
                await channel.BasicCancelAsync(tag, noWait: false, late.Token).ConfigureAwait(false);
                return;
            }
        }
        catch when (!cancellation.IsCancellationRequested)
        {
            Leave(channel);
            throw;
        }

        // Where the queue was deleted and not the channel lost, it is made again.
        session.Forget(queue);
        Leave(channel);
    }

    // Nobody waits for it: the far side may be what keeps silent. It must end all the same, or what comes late for it would wait there.
    private static void Leave(IChannel channel) => _ = Task.Run(async () => await channel.DisposeAsync().ConfigureAwait(false));
}
