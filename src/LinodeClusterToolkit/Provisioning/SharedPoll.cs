using LinodeClusterToolkit.Api;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Waits for things of one list with one request for all who wait; asks nothing while nobody does, and never faster than its pace.</summary>
internal sealed class SharedPoll<T>(
    Func<CancellationToken, IAsyncEnumerable<T>> list, Func<T, long> idOf, TimeSpan every, TimeProvider time)
    where T : class
{
    private readonly Lock gate = new();
    private readonly List<Waiter> waiters = [];
    private readonly Pace pace = new(every, time);
    private CancellationTokenSource? poller;

    /// <summary>Waits until the thing of that id is as wanted; null is handed to <paramref name="until"/> where the list has none.</summary>
    public async Task<T?> WaitAsync(long id, Func<T?, bool> until, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var waiter = new Waiter(id, until);
        lock (gate)
        {
            waiters.Add(waiter);
            if (poller is null)
            {
                poller = new();
                var nobodyWaits = poller.Token;
                _ = Task.Run(() => PollAsync(nobodyWaits), CancellationToken.None);
            }
        }

        using var leaving = cancellation.UnsafeRegister(_ => End(waiter, answer => answer.TrySetCanceled(cancellation)), null);
        return await waiter.Answer.Task.ConfigureAwait(false);
    }

    private async Task PollAsync(CancellationToken nobodyWaits)
    {
        try
        {
            while (true)
            {
                await pace.NextAsync(nobodyWaits).ConfigureAwait(false);
                await AskAsync(nobodyWaits).ConfigureAwait(false);
            }
        }
        catch (Exception) when (nobodyWaits.IsCancellationRequested)
        {
            // However the last request ended, nobody asked any more. Who comes next starts another poller, which keeps the pace.
        }
    }

    private async Task AskAsync(CancellationToken nobodyWaits)
    {
        List<Waiter> asking;
        lock (gate)
        {
            nobodyWaits.ThrowIfCancellationRequested();
            pace.Beat();
            asking = [.. waiters];
        }

        try
        {
            var seen = new Dictionary<long, T>();
            await foreach (var item in list(nobodyWaits).ConfigureAwait(false))
            {
                seen[idOf(item)] = item;
            }

            foreach (var waiter in asking.Where(waiter => waiter.Until(seen.GetValueOrDefault(waiter.Id))))
            {
                End(waiter, answer => answer.TrySetResult(seen.GetValueOrDefault(waiter.Id)));
            }
        }
        catch (Exception failed) when (!nobodyWaits.IsCancellationRequested)
        {
            // The client has retried already: who waits decides whether to ask again.
            asking.ForEach(waiter => End(waiter, answer => answer.TrySetException(failed)));
        }
    }

    private void End(Waiter waiter, Action<TaskCompletionSource<T?>> answer)
    {
        CancellationTokenSource? idle = null;
        lock (gate)
        {
            if (waiters.Remove(waiter) && waiters.Count == 0)
            {
                (idle, poller) = (poller, null);
            }
        }

        idle?.Cancel();
        answer(waiter.Answer);
    }

    private sealed class Waiter(long id, Func<T?, bool> until)
    {
        public long Id => id;

        public Func<T?, bool> Until => until;

        public TaskCompletionSource<T?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
