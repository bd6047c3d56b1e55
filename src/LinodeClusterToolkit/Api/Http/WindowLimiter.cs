using System.Threading.RateLimiting;

namespace LinodeClusterToolkit.Api.Http;

/// <summary>Keeps one rate limit of an account without ever running into it; first come, first served.</summary>
/// <remarks>
/// A request holds a permit until the window it was counted in has certainly ended (<see cref="LimitBook"/>). With no more permits than the limit, no
/// server window can see more requests than the limit.
/// </remarks>
internal sealed class WindowLimiter : RateLimiter
{
    private readonly Lock gate = new();
    private readonly LimitBook book;
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly ITimer timer;
    private readonly PriorityQueue<TimeSpan, TimeSpan> returns = new();
    private readonly Queue<CallWaiter> queue = new();
    private int inFlight;

    public WindowLimiter(LimitRule rule, TimeProvider time)
    {
        book = new(rule);
        this.time = time;
        origin = time.GetTimestamp();
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
                CurrentAvailablePermits = Math.Max(0, book.Limit - Used),
                CurrentQueuedCount = queue.Count(waiter => !waiter.Task.IsCompleted),
            };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (gate)
        {
            var now = Now();
            ForgetEndedWindows(now);
            return queue.Count == 0 && HasRoom(now) ? Lease(now) : NoLease.Instance;
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        CallWaiter waiter;
        lock (gate)
        {
            var now = Now();
            ForgetEndedWindows(now);
            waiter = new(cancellationToken) { IsHeldBack = queue.Count > 0 || !HasRoom(now) };
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

    private bool HasRoom(TimeSpan now) => now >= book.ClosedUntil && Used < book.Limit;

    private CallLease Lease(TimeSpan now)
    {
        Take(now);
        return new(Settle);
    }

    private void Take(TimeSpan now)
    {
        if (Used == 0)
        {
            book.BeginBurst(now);
        }

        inFlight++;
    }

    private void Settle(HttpAnswer? answer)
    {
        lock (gate)
        {
            var now = Now();
            var told = RateAnswer.Of(answer, time.GetUtcNow());
            inFlight--;
            Return(book.WindowEnd(told, now));
            book.Learn(told, now);
            for (var free = book.Limit - Used; free > told.Remaining; free--)
            {
                Return(now + book.LengthOfOthers(told));
            }
        }

        Pump();
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
                if (waiter.Task.IsCompleted)
                {
                    continue;
                }

                Take(now);
                if (!waiter.Grant(Settle))
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
        TimeSpan? next = Used < book.Limit ? book.ClosedUntil : returns.TryPeek(out _, out var end) ? end : null;
        timer.Change(
            queue.Count > 0 && next > now ? TimeSpan.FromMilliseconds(Math.Ceiling((next.Value - now).TotalMilliseconds)) : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }
}
