namespace LinodeClusterToolkit.Tasks;

/// <summary>Lets calls of one class through in fixed windows; a window opens with the first call after the last one ended.</summary>
internal sealed class CallGate(string name, CallLimit? limit)
{
    private readonly PriorityQueue<(int Step, TimeSpan Since), (double Remaining, int Step)> waiting = new();
    private TimeSpan windowEnds = TimeSpan.MinValue;
    private int used;

    public string Name => name;

    public CallLimit? Limit => limit;

    public int Calls { get; private set; }

    public void Queue(int step, double remaining, TimeSpan now) => waiting.Enqueue((step, now), (-remaining, step));

    /// <summary>Lets the most urgent call through, if its time has come.</summary>
    public bool TryLetIn(TimeSpan now, out int step, out TimeSpan waited)
    {
        (step, waited) = (0, TimeSpan.Zero);
        if (waiting.Count == 0 || OpensAt(now) > now)
        {
            return false;
        }

        if (limit is not null && now >= windowEnds)
        {
            (windowEnds, used) = (now + limit.Window, 0);
        }

        (step, var since) = waiting.Dequeue();
        waited = now - since;
        used++;
        Calls++;
        return true;
    }

    /// <summary>When those who wait can go on; null where nobody waits.</summary>
    public TimeSpan? Reopens(TimeSpan now) => waiting.Count == 0 ? null : OpensAt(now);

    private TimeSpan OpensAt(TimeSpan now) => limit is null || now >= windowEnds || used < limit.Permits ? now : windowEnds;
}
