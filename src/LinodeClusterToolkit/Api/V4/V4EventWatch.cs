namespace LinodeClusterToolkit.Api.V4;

/// <summary>One poller for every wait of a client; it runs only while somebody waits.</summary>
internal sealed class V4EventWatch(LinodeV4Client client, TimeProvider time) : IEventWatch, IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim marking = new(1);
    private readonly EventIndex index = new();
    private readonly Pace pace = new(TimeSpan.FromSeconds(2), time);
    private readonly Dictionary<long, List<EventWait>> waits = [];
    private readonly List<EventWait> unasked = [];
    private CancellationTokenSource? poller;

    public async Task MarkAsync(CancellationToken cancellation)
    {
        await marking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!index.Marked)
            {
                var newest = new ListEvents { Filter = V4Filter.None.OrderBy("id", descending: true) };
                var page = await client.SendAsync(newest, cancellation).ConfigureAwait(false);
                lock (gate)
                {
                    index.Mark(page.Data.Select(Replies.ToEvent));
                }
            }
        }
        finally
        {
            marking.Release();
        }
    }

    public async Task<CloudEvent> WaitAsync(long nodeId, string action, long? subjectId, CancellationToken cancellation) =>
        (await WaitAsync(new(nodeId, action, subjectId), cancellation).ConfigureAwait(false))!;

    public Task WaitIdleAsync(long nodeId, CancellationToken cancellation) => WaitAsync(new(nodeId, null, null), cancellation);

    public void Dispose()
    {
        lock (gate)
        {
            FailAll(new ObjectDisposedException(nameof(V4EventWatch)));
        }

        marking.Dispose();
    }

    private async Task<CloudEvent?> WaitAsync(EventWait wait, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!waits.TryGetValue(wait.NodeId, out var others))
            {
                waits[wait.NodeId] = others = [];
            }

            others.Add(wait);
            unasked.Add(wait);
            if (poller is null)
            {
                poller = new();
                var stop = poller.Token;
                _ = Task.Run(() => PollAsync(stop), CancellationToken.None);
            }
        }

        using var leaving = cancellation.UnsafeRegister(_ => Leave(wait, cancellation), null);
        return await wait.Task.ConfigureAwait(false);
    }

    private void Leave(EventWait wait, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (wait.TrySetCanceled(cancellation))
            {
                unasked.Remove(wait);
                Forget(wait);
            }
        }
    }

    private async Task PollAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await pace.NextAsync(stop).ConfigureAwait(false);
                await TryPollAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (Exception exception)
        {
            // Nobody awaits the poller: what ends it has to reach those who wait.
            lock (gate)
            {
                FailAll(exception);
            }
        }
    }

    // A poll that fails says nothing about the work waited for; only a token that is refused never gets better.
    private async Task TryPollAsync(CancellationToken stop)
    {
        try
        {
            await MarkAsync(stop).ConfigureAwait(false);
            var news = await client.ListAsync(new ListEvents { Filter = Begin(stop) }, stop).ToListAsync(stop).ConfigureAwait(false);
            lock (gate)
            {
                stop.ThrowIfCancellationRequested();
                Judge(news);
            }
        }
        catch (LinodeApiException exception) when (exception.Failure != ApiFailure.NotAllowed)
        {
            pace.Beat();
        }
    }

    private V4Filter Begin(CancellationToken stop)
    {
        lock (gate)
        {
            stop.ThrowIfCancellationRequested();
            pace.Beat();
            unasked.ForEach(wait => wait.IsAsked = true);
            return index.NextPoll();
        }
    }

    private void Judge(List<EventReply> news)
    {
        var touched = news.Select(reply => index.Take(reply.ToEvent())).OfType<long>().ToHashSet();
        var concerned = touched.SelectMany(node => waits.GetValueOrDefault(node, [])).Concat(unasked).Where(wait => wait.IsAsked).ToHashSet();
        unasked.RemoveAll(wait => wait.IsAsked);
        foreach (var wait in concerned.Where(wait => wait.IsOver(index)))
        {
            Forget(wait);
        }
    }

    private void Forget(EventWait wait)
    {
        if (waits.TryGetValue(wait.NodeId, out var others) && others.Remove(wait) && others.Count == 0)
        {
            waits.Remove(wait.NodeId);
        }

        if (waits.Count == 0)
        {
            Stop();
        }
    }

    private void FailAll(Exception exception)
    {
        foreach (var wait in waits.Values.SelectMany(all => all))
        {
            wait.TrySetException(exception);
        }

        waits.Clear();
        unasked.Clear();
        Stop();
    }

    private void Stop()
    {
        _ = poller?.CancelAsync(); // its callbacks must not run under the gate
        poller = null;
    }
}
