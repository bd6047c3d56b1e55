using System.Threading.Channels;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Rates;

/// <summary>Rate limits that all processes using an account keep together, by permits in a PostgreSQL database; one of these a process.</summary>
/// <remarks>
/// What its limiters have to say goes to the database in one transaction, always in the same order, so that no two processes wait for each other. The
/// database object should be used for nothing else: others wait for as long as its transactions take.
/// </remarks>
internal sealed class SharedLimits : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, AccountLimits> accounts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SharedLimiter> limiters = new(StringComparer.Ordinal);
    private readonly Channel<bool> calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ISqlDatabase database;
    private readonly string process;
    private readonly TimeProvider time;
    private readonly Func<LimitClass, LimitRule> rules;
    private readonly long origin;
    private readonly ITimer timer;
    private readonly Task loop;
    private TimeSpan alarm = TimeSpan.MaxValue;
    private bool isDisposed;

    /// <summary>Begins with no account.</summary>
    /// <param name="database">Where permits are kept.</param>
    /// <param name="process">Name of this process, for people.</param>
    /// <param name="time">Measures how long ago something was; what time it is, the database says.</param>
    /// <param name="rules">The limits; null for those that are documented.</param>
    public SharedLimits(ISqlDatabase database, string process, TimeProvider time, Func<LimitClass, LimitRule>? rules = null)
    {
        (this.database, this.time, this.rules) = (database, time, rules ?? LimitRule.Of);

        // A process that starts again under the same name is another one.
        this.process = $"{process} {Guid.NewGuid():N}";
        origin = time.GetTimestamp();
        timer = time.CreateTimer(static self => ((SharedLimits)self!).Call(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        loop = Task.Run(TalkAllAsync);
    }

    /// <summary>Local time since the beginning.</summary>
    public TimeSpan Clock => time.GetElapsedTime(origin);

    /// <summary>The limits of one account; the same for the same key.</summary>
    /// <param name="account">Whatever tells it from others and is no secret, the same in every process.</param>
    public AccountLimits Of(string account)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (!accounts.TryGetValue(account, out var limits))
            {
                accounts.Add(account, limits = new AccountLimits(limit =>
                {
                    var limiter = new SharedLimiter(this, account, limit, rules(limit), process, time);
                    limiters.Add(limiter.Key, limiter);
                    return limiter;
                }));
            }

            return limits;
        }
    }

    /// <summary>Has what is due by then said then.</summary>
    public void CallAt(TimeSpan due)
    {
        lock (gate)
        {
            var wait = due - Clock;
            if (wait <= TimeSpan.Zero)
            {
                Call();
            }
            else if (due < alarm && !isDisposed)
            {
                // Rather a moment later than earlier, which would be in vain.
                alarm = due;
                timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Ends every wait, and says what is left to say.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
        }

        foreach (var limits in accounts.Values)
        {
            limits.Dispose();
        }

        Call();
        calls.Writer.Complete();
        await loop.ConfigureAwait(false);
        await timer.DisposeAsync().ConfigureAwait(false);
    }

    private void Call() => calls.Writer.TryWrite(true);

    private async Task TalkAllAsync()
    {
        await foreach (var _ in calls.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            List<SharedLimiter> all;
            lock (gate)
            {
                alarm = TimeSpan.MaxValue;
                all = [.. limiters.Values];
            }

            var now = Clock;
            await TalkAsync([.. all.Where(limiter => limiter.Due <= now || isDisposed).Select(limiter => limiter.Begin())]).ConfigureAwait(false);
            if (all.Count > 0 && all.Min(limiter => limiter.Due) is var next && next < TimeSpan.MaxValue)
            {
                CallAt(next);
            }
        }
    }

    private async Task TalkAsync(List<RateTalk> talks)
    {
        if (talks.Count == 0)
        {
            return;
        }

        try
        {
            await database.WriteAsync(
                session =>
                {
                    talks.ForEach(talk => talk.Hold(session));
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
            talks.ForEach(talk => talk.Limiter.End(talk));
        }
        catch (Exception thrown)
        {
            talks.ForEach(talk => talk.Limiter.Fail(talk, thrown));
        }
    }
}
