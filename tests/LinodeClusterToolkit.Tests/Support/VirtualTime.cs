namespace LinodeClusterToolkit.Tests.Support;

/// <summary>
/// A clock that jumps: whenever nothing in the process is left to do, it moves to the next timer's time and fires it.
/// Hours of waiting for limits and boots pass in seconds, and nothing that takes real time is counted as waiting.
/// </summary>
/// <remarks>
/// Idle is told by the thread pool, which has nothing queued, and by the kernel, which has every thread of the process asleep
/// (<see cref="IdleLook"/>). So nothing else should run in the process meanwhile (see <see cref="VirtualTimeCollection"/>), and the far side must
/// be in memory: what is on its way through a socket is seen by neither.
/// </remarks>
public sealed class VirtualTime : TimeProvider
{
    private static readonly Lock Turn = new();
    private readonly Lock gate = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> timers = new();
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs work to its end, jumping over every wait.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var running = Task.Run(work);
        new Thread(() => Pump(running)) { IsBackground = true, Name = "virtual time" }.Start();
        return await running;
    }

    private void Pump(Task running)
    {
        using var look = new IdleLook();
        while (!running.IsCompleted)
        {
            // One pump at a time looks and jumps: two that look at each other are never both seen asleep.
            lock (Turn)
            {
                WaitUntilIdle(look, running);
                JumpToNext();
            }
        }
    }

    private void JumpToNext()
    {
        VirtualTimer? next;
        lock (gate)
        {
            if (!timers.TryDequeue(out next, out var at) || !next.TryTake(at.Due))
            {
                return;
            }

            if (at.Due > now.Ticks)
            {
                now = new DateTimeOffset(at.Due, TimeSpan.Zero);
            }
        }

        next.Fire();
    }

    private static void WaitUntilIdle(IdleLook look, Task running)
    {
        while (!running.IsCompleted && !(ThreadPool.PendingWorkItemCount == 0 && look.AllAsleep() && ThreadPool.PendingWorkItemCount == 0))
        {
            // Those at work need the processor more than this look does.
            IdleLook.Nap();
        }
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private long due = long.MaxValue;
        private TimeSpan period;

        /// <summary>Takes one firing out; false where it was changed meanwhile. Under the clock's lock.</summary>
        public bool TryTake(long ticks)
        {
            if (due != ticks)
            {
                return false;
            }

            due = long.MaxValue;
            if (period > TimeSpan.Zero)
            {
                due = ticks + period.Ticks;
                time.timers.Enqueue(this, (due, ++time.order));
            }

            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            lock (time.gate)
            {
                period = every;
                due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.now.Ticks + Math.Max(0, dueTime.Ticks);
                if (due != long.MaxValue)
                {
                    time.timers.Enqueue(this, (due, ++time.order));
                }
            }

            return true;
        }

        public void Fire() => ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);

        public void Dispose()
        {
            lock (time.gate)
            {
                due = long.MaxValue;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>Tests in virtual time: nothing else of this process runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class VirtualTimeCollection
{
    public const string Name = "virtual time";
}
