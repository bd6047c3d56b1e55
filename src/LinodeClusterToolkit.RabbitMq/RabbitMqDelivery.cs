using System.Text;
using LinodeClusterToolkit.Work;
using RabbitMQ.Client;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>A message that a channel brought; it can be settled on that channel only, once, while it lasts.</summary>
internal sealed class RabbitMqDelivery(IChannel channel, ulong tag, IReadOnlyBasicProperties properties, byte[] body) : IWorkDelivery
{
    private int settled;

    public ReadOnlyMemory<byte> Body => body;

    public long Returned { get; } = Convert.ToInt64(Header(properties, "x-delivery-count") ?? 0L);

    public string? DeadFor { get; } = Header(properties, "x-first-death-reason") switch
    {
        byte[] reason => Encoding.UTF8.GetString(reason),
        string reason => reason,
        _ => null,
    };

    public Task AckAsync() => SettleAsync(() => channel.BasicAckAsync(tag, multiple: false));

    public Task ReturnAsync() => SettleAsync(() => channel.BasicNackAsync(tag, multiple: false, requeue: true));

    public Task RejectAsync() => SettleAsync(() => channel.BasicNackAsync(tag, multiple: false, requeue: false));

    private static object? Header(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers is { } headers && headers.TryGetValue(name, out var value) ? value : null;

    private async Task SettleAsync(Func<ValueTask> settle)
    {
        // A broker that is told twice ends the channel, and with it all that others have from there.
        if (Interlocked.Exchange(ref settled, 1) != 0 || !channel.IsOpen)
        {
            return;
        }

        try
        {
            await settle().ConfigureAwait(false);
        }
        catch (Exception thrown) when (RabbitMqProblems.IsLoss(thrown))
        {
            // The channel ended meanwhile: the message comes again.
        }
    }
}
