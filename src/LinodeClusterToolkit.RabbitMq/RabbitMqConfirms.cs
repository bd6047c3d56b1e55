using RabbitMQ.Client;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>A channel on which the broker says of each message that it is safe.</summary>
/// <remarks>
/// The client would wait for each message by itself, and does not promise their order when many are under way. Here they are written one after
/// the other, and counted as the broker counts them: from 1, for each channel.
/// </remarks>
internal sealed class RabbitMqConfirms
{
    private readonly IChannel channel;
    private readonly BasicProperties persistent = new() { Persistent = true };
    private readonly Lock turn = new();
    private readonly Dictionary<ulong, RabbitMqBatch> waiting = [];
    private ulong lowest = 1;
    private ulong next = 1;
    private string? ended;

    public RabbitMqConfirms(RabbitMqSession session, IChannel channel)
    {
        (Session, this.channel) = (session, channel);
        channel.BasicAcksAsync += (_, told) => Settle(told.DeliveryTag, told.Multiple, batch => batch.IsSafe());
        channel.BasicNacksAsync += (_, told) => Settle(told.DeliveryTag, told.Multiple, batch => batch.Failed("it refused a message"));
        channel.BasicReturnAsync += (_, told) => Returned(told.RoutingKey, told.ReplyText);
        channel.ChannelShutdownAsync += (_, told) => End(told.ReplyText);
        if (channel.CloseReason is { } reason)
        {
            End(reason.ReplyText);
        }
    }

    public RabbitMqSession Session { get; }

    public bool IsOpen => ended is null && channel.IsOpen;

    /// <summary>Sends messages; one call at a time. Where it throws, the channel is of no use any more.</summary>
    public async Task SendAsync(RabbitMqBatch batch, IEnumerable<ReadOnlyMemory<byte>> messages, CancellationToken cancellation)
    {
        foreach (var message in messages)
        {
            lock (turn)
            {
                if (ended is not null)
                {
                    batch.Failed(ended);
                    return;
                }

                waiting[next++] = batch;
            }

            await channel.BasicPublishAsync("", batch.Queue, mandatory: true, persistent, message, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the channel, without a wait for the broker.</summary>
    public void Abandon()
    {
        End("the channel was given up");
        _ = Task.Run(() => channel.AbortAsync());
    }

    private Task Settle(ulong upTo, bool multiple, Action<RabbitMqBatch> settle)
    {
        lock (turn)
        {
            for (var one = multiple ? lowest : upTo; one <= upTo; one++)
            {
                if (waiting.Remove(one, out var batch))
                {
                    settle(batch);
                }
            }

            lowest = multiple ? upTo + 1 : lowest;
        }

        return Task.CompletedTask;
    }

    // The queue is gone. Which message it was is not told, but all of that queue are in the same case.
    private Task Returned(string queue, string why)
    {
        Session.Forget(queue);
        lock (turn)
        {
            foreach (var batch in waiting.Values.Where(batch => batch.Queue == queue).Distinct())
            {
                batch.Failed($"it gave a message back: {why}");
            }
        }

        return Task.CompletedTask;
    }

    private Task End(string why)
    {
        lock (turn)
        {
            ended ??= why;
            foreach (var batch in waiting.Values.Distinct())
            {
                batch.Failed($"the connection ended: {why}");
            }

            waiting.Clear();
        }

        return Task.CompletedTask;
    }
}

/// <summary>Messages that were sent together.</summary>
/// <param name="queue">Where to.</param>
/// <param name="count">How many.</param>
internal sealed class RabbitMqBatch(string queue, int count)
{
    private readonly TaskCompletionSource<string?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left = count;

    public string Queue => queue;

    /// <summary>Ends when the broker has spoken: null where all are safe, else why not.</summary>
    public Task<string?> Ended => ended.Task;

    public void IsSafe()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            ended.TrySetResult(null);
        }
    }

    public void Failed(string why) => ended.TrySetResult(why);
}
