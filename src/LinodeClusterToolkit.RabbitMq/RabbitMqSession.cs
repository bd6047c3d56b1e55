using System.Collections.Concurrent;
using LinodeClusterToolkit.Work;
using RabbitMQ.Client;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>One connection from its begin to its end, and the queues that were made sure of while it lasted.</summary>
internal sealed class RabbitMqSession : IAsyncDisposable
{
    // A message that came back so often kills workers, or nobody can deal with it.
    private const int MostReturns = 20;
    private const int NoLimit = 1_000_000;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    // Made again at once, before the server has told all of its consumers that a queue is gone, it keeps them as consumers of the new one, and
    // holds back what that brings (3.10).
    private static readonly TimeSpan Mourning = TimeSpan.FromSeconds(1);
    private readonly IConnection connection;
    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, bool> declared = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim declaring;
    private long? gone;

    private RabbitMqSession(IConnection connection, SemaphoreSlim declaring)
    {
        (this.connection, this.declaring) = (connection, declaring);
        connection.ConnectionBlockedAsync += (_, told) => Keep(told.Reason);
        connection.ConnectionUnblockedAsync += (_, _) => Keep(null);
        connection.ConnectionShutdownAsync += (_, told) => End(told.ReplyText);
        if (connection.CloseReason is { } reason)
        {
            ended.TrySetResult(reason.ReplyText);
        }
    }

    /// <summary>Ends with the connection, and says why.</summary>
    public Task<string> Ended => ended.Task;

    public bool IsOpen => connection.IsOpen;

    /// <summary>Why the broker takes no messages for the time being, such as a full disk.</summary>
    public string? Blocked { get; private set; }

    /// <summary>Connects.</summary>
    /// <param name="factory">Makes the connection.</param>
    /// <param name="declaring">
    /// Held while a queue is made, by all connections of a process: the server tells others that it is there a moment before it can be used (3.10).
    /// </param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<RabbitMqSession> OpenAsync(ConnectionFactory factory, SemaphoreSlim declaring, CancellationToken cancellation)
    {
        var session = new RabbitMqSession(await factory.CreateConnectionAsync(cancellation).ConfigureAwait(false), declaring);
        try
        {
            // The client says that it is open although the broker has just refused the virtual host; a channel shows it.
            await using var proof = await session.ChannelAsync(confirms: false, cancellation).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task<IChannel> ChannelAsync(bool confirms, CancellationToken cancellation) =>
        connection.CreateChannelAsync(new CreateChannelOptions(confirms, publisherConfirmationTrackingEnabled: false), cancellation);

    /// <summary>Makes a queue where it is not there, and the queue of dead letters before.</summary>
    public async Task DeclareAsync(string queue, CancellationToken cancellation)
    {
        if (declared.ContainsKey(queue))
        {
            return;
        }

        await declaring.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (gone is { } then && Mourning - TimeProvider.System.GetElapsedTime(then) is { Ticks: > 0 } left)
            {
                await Task.Delay(left, cancellation).ConfigureAwait(false);
            }

            // Of its own, since a broker that refuses ends the channel.
            await using var channel = await ChannelAsync(confirms: false, cancellation).ConfigureAwait(false);
            foreach (var name in new[] { WorkQueues.Dead, queue }.Where(name => !declared.ContainsKey(name)).Distinct())
            {
                await channel.QueueDeclareAsync(
                    name, durable: true, exclusive: false, autoDelete: false, Arguments(name), cancellationToken: cancellation).ConfigureAwait(false);
                declared[name] = true;
            }
        }
        finally
        {
            declaring.Release();
        }
    }

    /// <summary>A queue, or that of dead letters, is not there any more.</summary>
    public void Forget(string queue)
    {
        gone = TimeProvider.System.GetTimestamp();
        declared.TryRemove(queue, out _);
        declared.TryRemove(WorkQueues.Dead, out _);
    }

    public async ValueTask DisposeAsync()
    {
        // What was settled before is sent before the farewell; a server that hangs does not keep us.
        var leaving = Task.Run(async () =>
        {
            await connection.AbortAsync(Constants.ReplySuccess, "done", Farewell).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        });
        await leaving.WaitAsync(Farewell * 1.5).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.TrySetResult("closed");
    }

    private static Dictionary<string, object?> Arguments(string queue) => queue is WorkQueues.Dead or WorkQueues.Unreadable

        // Newer servers have a limit where none is said, and throw away what is over it.
        ? new() { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = NoLimit }
        : new()
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = MostReturns,
            ["x-dead-letter-exchange"] = "",
            ["x-dead-letter-routing-key"] = WorkQueues.Dead,

            // It leaves a queue only when the other has it; that way asks for this overflow.
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
        };

    private Task Keep(string? reason)
    {
        Blocked = reason;
        return Task.CompletedTask;
    }

    private Task End(string reason)
    {
        ended.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
