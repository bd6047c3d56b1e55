using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Work;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>A RabbitMQ server that carries work.</summary>
internal sealed class RabbitMqBroker : IWorkBroker
{
    private readonly RabbitMqAddress address;
    private readonly TimeProvider time;
    private readonly Lock turn = new();
    private readonly CancellationTokenSource stop = new();
    private readonly RabbitMqLink publishing;
    private readonly RabbitMqLink receiving;
    private readonly RabbitMqPublisher publisher;
    private int disposed;

    public RabbitMqBroker(RabbitMqAddress address, Func<Sensitive?>? password, TimeProvider? time = null)
    {
        (this.address, this.time) = (address, time ?? TimeProvider.System);
        State = new(false, this.time.GetUtcNow());

        // A server that is short of memory or disk stops to read from connections that publish: what is settled must not get stuck there.
        publishing = new(address, password, "publishing", Tell);
        receiving = new(address, password, "receiving", Tell);
        publisher = new(address, publishing) { Patience = Patience };
    }

    public string Description => address.Description;

    public BrokerState State { get; private set; }

    public Action<BrokerState>? Changed { get; set; }

    /// <summary>How long a call waits for the server before it fails.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(10);

    public Task PublishAsync(string queue, IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken cancellation) =>
        publisher.PublishAsync(queue, messages, cancellation);

    public async Task ConsumeAsync(string queue, int most, Action<IWorkDelivery> take, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stop.Token);
        var receiver = new RabbitMqReceiver(address, receiving, queue, checked((ushort)most), take);
        await receiver.RunAsync(both.Token).ConfigureAwait(false);
    }

    public async Task<long> DepthAsync(string queue, CancellationToken cancellation)
    {
        var session = await receiving.SessionAsync(Patience, cancellation).ConfigureAwait(false);
        try
        {
            // Of its own, since a queue that is not there ends the channel.
            await using var channel = await session.ChannelAsync(confirms: false, cancellation).ConfigureAwait(false);
            return (await channel.QueueDeclarePassiveAsync(queue, cancellation).ConfigureAwait(false)).MessageCount;
        }
        catch (OperationInterruptedException thrown) when (RabbitMqProblems.CodeOf(thrown) == Constants.NotFound)
        {
            return 0;
        }
        catch (Exception thrown) when (RabbitMqProblems.IsLoss(thrown) && !cancellation.IsCancellationRequested)
        {
            throw RabbitMqProblems.From(address, thrown);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(publishing.DisposeAsync().AsTask(), receiving.DisposeAsync().AsTask()).ConfigureAwait(false);
    }

    private void Tell()
    {
        // In the turn, so that they are told in their order.
        lock (turn)
        {
            var why = receiving.Why ?? publishing.Why;
            var up = why is null && (receiving.IsUp || publishing.IsUp);
            if (up == State.IsConnected && why == State.Why)
            {
                return;
            }

            State = new(up, up == State.IsConnected ? State.Since : time.GetUtcNow(), why);
            Changed?.Invoke(State);
        }
    }
}
