namespace LinodeClusterToolkit.Tests.Support;

/// <summary>
/// A clock that jumps: whenever nothing in the process is left to do, it moves to the next timer's time and fires it.
/// Hours of waiting for limits and boots pass in seconds, and nothing that takes real time is counted as waiting.
/// </summary>
/// <remarks>
/// Idle is told by the thread pool: no item queued and no worker busy, several looks in a row. So nothing else may run in the process
/// meanwhile (see <see cref="VirtualTimeCollection"/>), and the far side must be in memory: a socket's work is invisible to the pool.
/// </remarks>
public sealed class VirtualTime : TimeProvider
{
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
        var pump = new Thread(() => Pump(running)) { IsBackground = true, Name = "virtual time" };
        pump.Start();
        return await running;
    }

    private void Pump(Task running)
    {
        while (!running.IsCompleted)
        {
            WaitUntilIdle(running);
            VirtualTimer? next;
            lock (gate)
            {
                if (!timers.TryDequeue(out next, out var at))
                {
                    continue;
                }

                if (!next.IsDueAt(at.Due))
                {
                    continue;
                }

                if (at.Due > now.Ticks)
                {
                    now = new DateTimeOffset(at.Due, TimeSpan.Zero);
                }
            }

            next.Fire();
        }
    }

    private static void WaitUntilIdle(Task running)
    {
        for (var quiet = 0; quiet < 6 && !running.IsCompleted;)
        {
            ThreadPool.GetMaxThreads(out var most, out _);
            ThreadPool.GetAvailableThreads(out var free, out _);
            quiet = most == free && ThreadPool.PendingWorkItemCount == 0 ? quiet + 1 : 0;
            Thread.SpinWait(300);
        }
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private long due = long.MaxValue;
        private TimeSpan period;

        public bool IsDueAt(long ticks) => Interlocked.Read(ref due) == ticks;

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

        public void Fire()
        {
            lock (time.gate)
            {
                due = long.MaxValue;
                if (period > TimeSpan.Zero)
                {
                    due = time.now.Ticks + period.Ticks;
                    time.timers.Enqueue(this, (due, ++time.order));
                }
            }

            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        }

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
