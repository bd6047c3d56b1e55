namespace LinodeClusterToolkit.Api.V4;

/// <summary>All who wait in this process; whoever tells them of events runs only while there are any.</summary>
/// <param name="tell">Tells them until it is stopped; what it throws reaches all who wait.</param>
internal sealed class EventWaits(Func<CancellationToken, Task> tell)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, List<EventWait>> waits = [];
    private readonly List<EventWait> newcomers = [];
    private CancellationTokenSource? telling;

    /// <summary>Whether anybody waits.</summary>
    public bool Any
    {
        get
        {
            lock (gate)
            {
                return waits.Count > 0;
            }
        }
    }

    /// <summary>Those that were never judged yet; to be used within <see cref="Do"/>.</summary>
    public IReadOnlyList<EventWait> Newcomers => newcomers;

    /// <summary>Nodes that somebody waits for; to be used within <see cref="Do"/>.</summary>
    public IReadOnlyCollection<long> Nodes => waits.Keys;

    /// <summary>Ends as the wait does.</summary>
    public async Task<CloudEvent?> WaitAsync(EventWait wait, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!waits.TryGetValue(wait.NodeId, out var others))
            {
                waits[wait.NodeId] = others = [];
            }

            others.Add(wait);
            newcomers.Add(wait);
            if (telling is null)
            {
                telling = new();
                var stop = telling.Token;
                _ = Task.Run(() => TellAsync(stop), CancellationToken.None);
            }
        }

        using var leaving = cancellation.UnsafeRegister(_ => Leave(wait, cancellation), null);
        return await wait.Task.ConfigureAwait(false);
    }

    /// <summary>Does something while nobody comes or goes; not where who tells was stopped, since another may be at it.</summary>
    public void Do(Action work, CancellationToken stop) => Do(() => { work(); return true; }, stop);

    /// <summary>The same, with an answer.</summary>
    public T Do<T>(Func<T> work, CancellationToken stop)
    {
        lock (gate)
        {
            stop.ThrowIfCancellationRequested();
            return work();
        }
    }

    /// <summary>Ends what is over by what is known; within <see cref="Do"/>.</summary>
    /// <param name="known">What is known.</param>
    /// <param name="touched">Nodes of which something new is known.</param>
    /// <param name="ended">Number of the last poll that is in it: only those that came before it began are judged.</param>
    public void Judge(EventIndex known, IReadOnlySet<long> touched, long ended)
    {
        var concerned = touched.SelectMany(node => waits.GetValueOrDefault(node, [])).Concat(newcomers).Where(wait => wait.After < ended).ToHashSet();
        newcomers.RemoveAll(wait => wait.After < ended);
        foreach (var wait in concerned.Where(wait => wait.IsOver(known)))
        {
            Forget(wait);
        }
    }

    /// <summary>Ends every wait with a failure.</summary>
    public void FailAll(Exception exception)
    {
        lock (gate)
        {
            foreach (var wait in waits.Values.SelectMany(all => all))
            {
                wait.TrySetException(exception);
            }

            waits.Clear();
            newcomers.Clear();
            Stop();
        }
    }

    private async Task TellAsync(CancellationToken stop)
    {
        try
        {
            await tell(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (Exception exception)
        {
            // Nobody awaits who tells: what ends it has to reach those who wait.
            FailAll(exception);
        }
    }

    private void Leave(EventWait wait, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (wait.TrySetCanceled(cancellation))
            {
                newcomers.Remove(wait);
                Forget(wait);
            }
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

    private void Stop()
    {
        _ = telling?.CancelAsync(); // its callbacks must not run under the gate
        telling = null;
    }
}
