using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Work;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>A RabbitMQ server that carries work.</summary>
internal sealed class RabbitMqBroker : IWorkBroker
{
    private readonly RabbitMqAddress address;
    private readonly TimeSpan patience; // of a call, with a server that is away or keeps silent
    private readonly TimeProvider time;
    private readonly Lock turn = new();
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim declaring = new(1, 1);
    private readonly RabbitMqLink publishing;
    private readonly RabbitMqLink receiving;
    private readonly RabbitMqPublisher publisher;
    private int disposed;

    public RabbitMqBroker(RabbitMqAddress address, Func<Sensitive?>? password, TimeSpan? patience = null, TimeProvider? time = null)
    {
        (this.address, this.time) = (address, time ?? TimeProvider.System);
        this.patience = patience ?? TimeSpan.FromSeconds(10);
        State = new(false, this.time.GetUtcNow());

        // A server that is short of memory or disk stops to read from connections that publish: what is settled must not get stuck there.
        publishing = new(address, password, "publishing", declaring, Tell);
        receiving = new(address, password, "receiving", declaring, Tell);
        publisher = new(address, publishing) { Patience = this.patience };
    }

    public string Description => address.Description;

    public BrokerState State { get; private set; }

    public Action<BrokerState>? Changed { get; set; }

    public Task PublishAsync(string queue, IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken cancellation) =>
        publisher.PublishAsync(queue, messages, cancellation);

    public async Task ConsumeAsync(string queue, int most, Action<IWorkDelivery> take, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stop.Token);
        var receiver = new RabbitMqReceiver(address, receiving, queue, (ushort)Math.Clamp(most, 1, ushort.MaxValue), take);
        await receiver.RunAsync(both.Token).ConfigureAwait(false);
    }

    public async Task<long> DepthAsync(string queue, CancellationToken cancellation)
    {
        var session = await receiving.SessionAsync(patience, cancellation).ConfigureAwait(false);
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
            try
            {
                Changed?.Invoke(State);
            }
            catch (Exception)
            {
                // Whoever listens must not keep us from connecting again.
            }
        }
    }
}
