using LinodeClusterToolkit.Work;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>Hands on what one channel brings, until that ends.</summary>
/// <param name="channel">The channel.</param>
/// <param name="turn">Held while a message is handed on: a channel's last may still be when the next one's first comes.</param>
/// <param name="take">Gets the messages.</param>
/// <param name="cancellation">Cancelled: what comes still goes back.</param>
internal sealed class RabbitMqConsumer(IChannel channel, Lock turn, Action<IWorkDelivery> take, CancellationToken cancellation)
    : AsyncDefaultBasicConsumer(channel)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when nothing comes any more: the channel has ended, or the broker has no such queue.</summary>
    public Task Ended => ended.Task;

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // The client uses the memory again.
        var delivery = new RabbitMqDelivery(Channel, deliveryTag, properties, body.ToArray());
        lock (turn)
        {
            if (!cancellation.IsCancellationRequested)
            {
                try
                {
                    take(delivery);
                    return Task.CompletedTask;
                }
                catch (Exception)
                {
                    // The client would keep silent, and the message would wait as long as the channel lasts.
                }
            }
        }

        return delivery.ReturnAsync();
    }

    public override async Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        await base.HandleChannelShutdownAsync(channel, reason).ConfigureAwait(false);
        ended.TrySetResult();
    }

    protected override async Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
    {
        await base.OnCancelAsync(consumerTags, cancellationToken).ConfigureAwait(false);
        ended.TrySetResult();
    }
}
