namespace LinodeClusterToolkit.Work;

/// <summary>Carries addresses of work between processes. What it loses or brings twice does no harm: the board knows what is to be done.</summary>
/// <remarks>Queues are made when they are first used, durable and replicated; it connects again by itself when its server was away.</remarks>
internal interface IWorkBroker : IAsyncDisposable
{
    /// <summary>What and where, for messages; no password in it.</summary>
    string Description { get; }

    /// <summary>Whether it is connected; told to <see cref="Changed"/> too.</summary>
    BrokerState State { get; }

    /// <summary>Called from any thread when <see cref="State"/> has changed; must return quickly.</summary>
    Action<BrokerState>? Changed { get; set; }

    /// <summary>Puts messages into a queue, in their order; ends when the broker has said of each that it is safe.</summary>
    /// <exception cref="Diagnostics.LinodeToolkitException">It has not, within a few seconds; some may be there all the same.</exception>
    Task PublishAsync(string queue, IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken cancellation);

    /// <summary>Gets the messages of a queue until it is cancelled, through losses of the connection as well.</summary>
    /// <param name="queue">Name of the queue.</param>
    /// <param name="most">Most messages that were handed over and not settled.</param>
    /// <param name="take">Gets each message, one call at a time; returns at once and has it settled later, in any order.</param>
    /// <param name="cancellation">
    /// Ends it, without an exception: nothing more is handed over. What was can still be settled; the rest goes back when the broker is disposed of.
    /// </param>
    /// <exception cref="Diagnostics.LinodeToolkitException">The queue is another kind, or not for us: it would not go away by waiting.</exception>
    Task ConsumeAsync(string queue, int most, Action<IWorkDelivery> take, CancellationToken cancellation);

    /// <summary>How many messages wait in a queue, and are not handed over; 0 where there is no such queue.</summary>
    /// <exception cref="Diagnostics.LinodeToolkitException">The broker refuses us, or does not answer within a few seconds.</exception>
    Task<long> DepthAsync(string queue, CancellationToken cancellation);
}

/// <summary>One message that was handed over. Settling one whose connection is lost does nothing: it comes again.</summary>
internal interface IWorkDelivery
{
    /// <summary>The message.</summary>
    ReadOnlyMemory<byte> Body { get; }

    /// <summary>How often it was handed over before.</summary>
    long Returned { get; }

    /// <summary>Why another queue did not want it any more, such as <c>delivery_limit</c> or <c>rejected</c>; null where it was put here directly.</summary>
    string? DeadFor { get; }

    /// <summary>It is dealt with.</summary>
    Task AckAsync();

    /// <summary>It is to come again, here or elsewhere.</summary>
    Task ReturnAsync();

    /// <summary>Nobody can deal with it: it goes to the queue of dead letters.</summary>
    Task RejectAsync();
}

/// <summary>How a broker is.</summary>
/// <param name="IsConnected">Whether messages come and go.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Why">Why it is not connected.</param>
internal sealed record BrokerState(bool IsConnected, DateTimeOffset Since, string? Why = null);
