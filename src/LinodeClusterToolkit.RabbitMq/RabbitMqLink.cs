using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.RabbitMq;

/// <summary>Keeps one connection for as long as it is wanted: the one place that connects, from its first use on, again and again.</summary>
/// <param name="address">The broker.</param>
/// <param name="password">Gives the password, where the address has none.</param>
/// <param name="purpose">What the connection is for.</param>
/// <param name="declaring">Held while a queue is made.</param>
/// <param name="changed">Called when <see cref="IsUp"/> or <see cref="Why"/> has changed.</param>
internal sealed class RabbitMqLink(
    RabbitMqAddress address, Func<Sensitive?>? password, string purpose, SemaphoreSlim declaring, Action changed) : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly Lock turn = new();
    private readonly CancellationTokenSource stop = new();
    private volatile TaskCompletionSource<RabbitMqSession> attempt = New();
    private Task? keeping;

    public bool IsUp { get; private set; }

    /// <summary>Why it is not connected; null where it is, and before a first try has failed.</summary>
    public string? Why { get; private set; }

    /// <summary>The connection, or the next one that comes about.</summary>
    /// <exception cref="LinodeToolkitException">A try failed for a reason that does not go away by itself, or none worked within a time.</exception>
    public async Task<RabbitMqSession> SessionAsync(TimeSpan patience, CancellationToken cancellation)
    {
        Begin();
        using var late = new CancellationTokenSource(patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        for (LinodeToolkitException? last = null; ;)
        {
            try
            {
                var session = await attempt.Task.WaitAsync(both.Token).ConfigureAwait(false);
                if (session.IsOpen)
                {
                    return session;
                }

                // It ended just now, and the loop has not heard of it yet.
                await Task.Delay(10, both.Token).ConfigureAwait(false);
            }
            catch (LinodeToolkitException thrown) when (thrown.Problem.Retryable)
            {
                last = thrown;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw last ?? RabbitMqProblems.From(address, new TimeoutException(Why ?? $"no connection within {patience.TotalSeconds:0} s"));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? ending;
        lock (turn)
        {
            ending = keeping ?? Task.CompletedTask;
            keeping = ending;
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await ending.WaitAsync(Longest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        attempt.TrySetException(new ObjectDisposedException(nameof(RabbitMqBroker)));
        _ = attempt.Task.Exception;
    }

    private static TaskCompletionSource<RabbitMqSession> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Begin()
    {
        lock (turn)
        {
            ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, this);
            keeping ??= Task.Run(KeepAsync);
        }
    }

    private async Task KeepAsync()
    {
        for (var pause = Shortest; !stop.IsCancellationRequested;)
        {
            var outcome = attempt;
            try
            {
                var began = TimeProvider.System.GetTimestamp();
                var factory = RabbitMqFactory.Of(address, password?.Invoke(), purpose);
                var session = await RabbitMqSession.OpenAsync(factory, declaring, stop.Token).ConfigureAwait(false);
                await using (session.ConfigureAwait(false))
                {
                    Tell(up: true, why: null);
                    outcome.SetResult(session);
                    var why = await session.Ended.WaitAsync(stop.Token).ConfigureAwait(false);
                    attempt = New();
                    Tell(up: false, $"the connection ended: {why}");
                }

                // One that a server takes and ends at once is not tried without a pause either.
                pause = TimeProvider.System.GetElapsedTime(began) > Longest ? Shortest : Longer(pause);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception thrown)
            {
                var failed = RabbitMqProblems.From(address, thrown);
                attempt = New();
                Tell(up: false, failed.Problem.Why is { } why ? $"{failed.Problem.What}: {why}" : failed.Problem.What);
                outcome.TrySetException(failed);
                _ = outcome.Task.Exception; // seen, even where nobody waits
                pause = Longer(pause);
            }

            // Workers that lost the same server do not come back in step.
            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)), stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 > Longest ? Longest : pause * 2;

    private void Tell(bool up, string? why)
    {
        (IsUp, Why) = (up, why);
        changed();
    }
}
