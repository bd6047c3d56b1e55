using System.Threading.RateLimiting;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Keeps one rate limit of an account without ever running into it; first come, first served.</summary>
/// <remarks>
/// The server counts every request, refused ones too, in fixed windows that start when a request arrives and none is open. Arrival is not seen here:
/// it lies between sending and answer. So a request holds a permit until the window it was counted in has certainly ended, which is
/// its own answer plus one window; or, for what was sent and answered within one window after a quiet time, the first answer of that burst plus one
/// window, since all of it fell into the same one. With no more permits than the limit, no server window can see more requests than the limit.
/// </remarks>
internal sealed class WindowLimiter : RateLimiter
{
    private static readonly TimeSpan LongestClosing = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly LimitRule rule;
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly ITimer timer;
    private readonly PriorityQueue<TimeSpan, TimeSpan> returns = new();
    private readonly Queue<Waiter> queue = new();
    private TimeSpan burstBegan;
    private TimeSpan? firstAnswer;
    private TimeSpan closedUntil;
    private int limit;
    private int ceiling;
    private int inFlight;

    public WindowLimiter(LimitRule rule, TimeProvider time)
    {
        this.rule = rule;
        this.time = time;
        origin = time.GetTimestamp();
        limit = rule.Calls;
        ceiling = rule.HeaderMayRaise ? int.MaxValue : rule.Calls;
        timer = time.CreateTimer(static self => ((WindowLimiter)self!).Pump(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override TimeSpan? IdleDuration => null;

    private int Used => inFlight + returns.Count;

    public override RateLimiterStatistics GetStatistics()
    {
        lock (gate)
        {
            return new()
            {
                CurrentAvailablePermits = Math.Max(0, limit - Used),
                CurrentQueuedCount = queue.Count(waiter => !waiter.Task.IsCompleted),
            };
        }
    }

    internal void Settle(HttpAnswer? answer)
    {
        lock (gate)
        {
            var now = Now();
            inFlight--;
            Return(WindowEnd(answer, now));
            if (answer is not null)
            {
                Learn(RateHeaders.Of(answer), answer.Status, now);
            }
        }

        Pump();
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (gate)
        {
            var now = Now();
            ForgetEndedWindows(now);
            return queue.Count == 0 && HasRoom(now) ? Take(now) : NoLease.Instance;
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(cancellationToken);
        lock (gate)
        {
            queue.Enqueue(waiter);
        }

        Pump();
        return new(waiter.Task);
    }

    protected override void Dispose(bool disposing)
    {
        timer.Dispose();
        lock (gate)
        {
            while (queue.TryDequeue(out var waiter))
            {
                waiter.TrySetException(new ObjectDisposedException(nameof(WindowLimiter)));
            }
        }
    }

    private TimeSpan Now() => time.GetElapsedTime(origin);

    private void Return(TimeSpan at) => returns.Enqueue(at, at);

    private bool HasRoom(TimeSpan now) => now >= closedUntil && Used < limit;

    private WindowLease Take(TimeSpan now)
    {
        if (Used == 0)
        {
            (burstBegan, firstAnswer) = (now, null);
        }

        inFlight++;
        return new WindowLease(this);
    }

    // Only an answer of the API itself proves that its window had begun: a load balancer answers without asking it.
    private TimeSpan WindowEnd(HttpAnswer? answer, TimeSpan now)
    {
        if (answer is not { IsJson: true, Status: < 500 } || now >= burstBegan + rule.Window)
        {
            return now + rule.Window;
        }

        firstAnswer ??= now;
        return firstAnswer.Value + rule.Window;
    }

    private void Learn(RateHeaders told, int status, TimeSpan now)
    {
        var untilReset = told.Reset - time.GetUtcNow();
        if (status == 429)
        {
            ceiling = Math.Min(ceiling, told.Limit ?? ceiling);
            var wait = told.RetryAfter ?? (untilReset > TimeSpan.Zero ? untilReset.Value : rule.Window);
            closedUntil = Max(closedUntil, now + (wait < LongestClosing ? wait : LongestClosing));
        }

        limit = Math.Min(told.Limit ?? limit, ceiling);

        // Others who use the account show as permits that are gone without our doing; Reset has whole seconds, so one more is safe.
        var end = untilReset > TimeSpan.Zero && untilReset < rule.Window - TimeSpan.FromSeconds(1)
            ? untilReset.Value + TimeSpan.FromSeconds(1)
            : rule.Window;
        for (var free = limit - Used; free > told.Remaining; free--)
        {
            Return(now + end);
        }
    }

    private void Pump()
    {
        lock (gate)
        {
            var now = Now();
            ForgetEndedWindows(now);
            while (queue.TryPeek(out var waiter) && (waiter.Task.IsCompleted || HasRoom(now)))
            {
                queue.Dequeue();
                if (!waiter.Task.IsCompleted && !waiter.Grant(Take(now)))
                {
                    inFlight--;
                }
            }

            Arm(now);
        }
    }

    private void ForgetEndedWindows(TimeSpan now)
    {
        while (returns.TryPeek(out _, out var end) && end <= now)
        {
            returns.Dequeue();
        }
    }

    // Where all permits are in flight no timer helps: the next answer pumps.
    private void Arm(TimeSpan now)
    {
        TimeSpan? next = Used < limit ? closedUntil : returns.TryPeek(out _, out var end) ? end : null;
        timer.Change(
            queue.Count > 0 && next > now ? TimeSpan.FromMilliseconds(Math.Ceiling((next.Value - now).TotalMilliseconds)) : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>One who waits; the queue drops it when its turn comes after it gave up.</summary>
    private sealed class Waiter : TaskCompletionSource<RateLimitLease>
    {
        private readonly CancellationTokenRegistration givingUp;

        public Waiter(CancellationToken cancellation)
            : base(TaskCreationOptions.RunContinuationsAsynchronously) =>
            givingUp = cancellation.UnsafeRegister(static (self, token) => ((Waiter)self!).TrySetCanceled(token), this);

        public bool Grant(WindowLease lease)
        {
            givingUp.Unregister();
            return TrySetResult(lease);
        }
    }
}
