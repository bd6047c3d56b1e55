namespace LinodeClusterToolkit.Tests.Support;

/// <summary>A clock that moves only when a test moves it; timers fire in the order in which they are due, each at its own time.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private TaskCompletionSource changed = NewSignal();
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (FireNext(until, _ => true))
        {
        }

        lock (gate)
        {
            now = until;
        }
    }

    /// <summary>Moves on to the next timer and fires it; false where there is none.</summary>
    public bool Step() => FireNext(DateTimeOffset.MaxValue, _ => true);

    /// <summary>Moves on from timer to timer until the work is done, but never to a time-out of one try: answers of fakes come at once.</summary>
    /// <param name="work">What is waited for.</param>
    /// <param name="longest">Longer timers, such as deadlines, are not moved on to either; null where all are.</param>
    public async Task<T> DriveAsync<T>(Task<T> work, TimeSpan? longest = null)
    {
        while (!work.IsCompleted)
        {
            Task change;
            lock (gate)
            {
                change = changed.Task;
            }

            if (!FireNext(DateTimeOffset.MaxValue, timer => timer.Due - timer.Set is var wait && wait != TimeSpan.FromSeconds(30) && !(wait > longest)))
            {
                await Task.WhenAny(work, change);
            }
        }

        return await work;
    }

    /// <summary>As the other, for work without a result.</summary>
    public Task DriveAsync(Task work, TimeSpan? longest = null) => DriveAsync(WithResult(work), longest);

    /// <summary>Ends as soon as a timer is armed that is due exactly so far from now.</summary>
    public async Task UntilArmedAsync(TimeSpan due)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (timers.Exists(timer => timer.Due == now + due))
                {
                    return;
                }

                change = changed.Task;
            }

            await change;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private static async Task<bool> WithResult(Task work)
    {
        await work;
        return true;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool FireNext(DateTimeOffset until, Func<ManualTimer, bool> may)
    {
        ManualTimer? next;
        lock (gate)
        {
            next = timers.Where(timer => timer.Due <= until && may(timer)).MinBy(timer => timer.Due);
            if (next is null)
            {
                return false;
            }

            now = next.Due > now ? next.Due : now;
            timers.Remove(next);
        }

        next.Fire();
        return true;
    }

    private void Arm(ManualTimer timer, TimeSpan due)
    {
        lock (gate)
        {
            timers.Remove(timer);
            if (due >= TimeSpan.Zero)
            {
                timer.Set = now;
                timer.Due = now + due;
                timers.Add(timer);
                changed.TrySetResult();
                changed = NewSignal();
            }
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Set { get; set; }

        public DateTimeOffset Due { get; set; }

        public void Fire() => callback(state);

        // Nothing here needs timers that repeat.
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Arm(this, dueTime);
            return true;
        }

        public void Dispose() => time.Arm(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
