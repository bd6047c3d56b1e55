namespace LinodeClusterToolkit.Provisioning;

/// <summary>Waits for things of one list with one request for all who wait; asks nothing while nobody does.</summary>
internal sealed class SharedPoll<T>(
    Func<CancellationToken, IAsyncEnumerable<T>> list, Func<T, long> idOf, TimeSpan every, TimeProvider time)
    where T : class
{
    private readonly Lock gate = new();
    private readonly List<Waiter> waiters = [];
    private bool polling;

    /// <summary>Waits until the thing of that id is as wanted; null is handed to <paramref name="until"/> where the list has none.</summary>
    public async Task<T?> WaitAsync(long id, Func<T?, bool> until, CancellationToken cancellation)
    {
        var waiter = new Waiter(id, until);
        lock (gate)
        {
            waiters.Add(waiter);
            if (!polling)
            {
                polling = true;
                _ = PollAsync();
            }
        }

        await using var registration = cancellation.Register(() => Leave(waiter, cancellation)).ConfigureAwait(false);
        return await waiter.Answer.Task.ConfigureAwait(false);
    }

    private async Task PollAsync()
    {
        while (true)
        {
            List<Waiter> asking;
            lock (gate)
            {
                if (waiters.Count == 0)
                {
                    polling = false;
                    return;
                }

                asking = [.. waiters];
            }

            try
            {
                var seen = new Dictionary<long, T>();
                await foreach (var item in list(CancellationToken.None).ConfigureAwait(false))
                {
                    seen[idOf(item)] = item;
                }

                foreach (var waiter in asking)
                {
                    var item = seen.GetValueOrDefault(waiter.Id);
                    if (waiter.Until(item))
                    {
                        Finish(waiter, item);
                    }
                }
            }
            catch (Exception failed)
            {
                // The client has retried already: who waits decides whether to ask again.
                foreach (var waiter in asking)
                {
                    Fail(waiter, failed);
                }
            }

            await Task.Delay(every, time).ConfigureAwait(false);
        }
    }

    private void Leave(Waiter waiter, CancellationToken cancellation)
    {
        Remove(waiter);
        waiter.Answer.TrySetCanceled(cancellation);
    }

    private void Finish(Waiter waiter, T? item)
    {
        Remove(waiter);
        waiter.Answer.TrySetResult(item);
    }

    private void Fail(Waiter waiter, Exception failed)
    {
        Remove(waiter);
        waiter.Answer.TrySetException(failed);
    }

    private void Remove(Waiter waiter)
    {
        lock (gate)
        {
            waiters.Remove(waiter);
        }
    }

    private sealed record Waiter(long Id, Func<T?, bool> Until)
    {
        public TaskCompletionSource<T?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
