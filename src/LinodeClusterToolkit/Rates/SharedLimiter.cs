using System.Threading.RateLimiting;
using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Rates;

/// <summary>Keeps one rate limit of an account beside all other processes that use it; runs take turns, and within a run who came first.</summary>
/// <remarks>
/// As in <see cref="WindowLimiter"/> a request holds a permit until the window it was counted in has certainly ended, but permits are in the
/// database, and so is what answers teach. There is one talk with the database at a time, for all that wait here. Answers are told with the next
/// one: until then a permit is only held longer.
/// </remarks>
internal sealed class SharedLimiter(SharedLimits limits, string account, LimitClass limit, LimitRule rule, string process, TimeProvider time) : RateLimiter
{
    private static readonly TimeSpan LongestBeat = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweptAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly TimeSpan beat = rule.Window / 10 < LongestBeat ? rule.Window / 10 : LongestBeat;
    private readonly HashSet<Permit> unanswered = [];
    private readonly List<Permit> settled = [];
    private List<Permit> waiting = [];
    private TimeSpan due = TimeSpan.MaxValue;
    private TimeSpan swept;
    private long numbers;
    private bool isCrowded;
    private bool isDisposed;

    public override TimeSpan? IdleDuration => null;

    public string Account => account;

    public LimitClass Limit => limit;

    public LimitRule Rule => rule;

    public string Process => process;

    /// <summary>What takes turns: all that do so for this limit of this account.</summary>
    public string Key { get; } = $"rate {account} {limit}";

    public TimeSpan Clock => limits.Clock;

    /// <summary>When there is something to say to the database.</summary>
    public TimeSpan Due
    {
        get
        {
            lock (gate)
            {
                return due;
            }
        }
    }

    /// <summary>Numbers that no permit has; gives the first.</summary>
    public long NewNumbers(int count) => Interlocked.Add(ref numbers, count) - count + 1;

    // How many are free the database knows.
    public override RateLimiterStatistics? GetStatistics() => null;

    /// <summary>What is to be said now.</summary>
    public RateTalk Begin()
    {
        lock (gate)
        {
            var now = Clock;
            waiting.RemoveAll(permit => permit.Task.IsCompleted);
            var talk = new RateTalk(this, [.. waiting], [.. settled], [.. unanswered.Where(permit => permit.Renewed + RenewedAfter <= now)])
            {
                HasWants = isCrowded, Sweeps = swept + SweptAfter <= now,
            };
            settled.Clear();
            due = TimeSpan.MaxValue;
            return talk;
        }
    }

    /// <summary>It was said, and is durable.</summary>
    public void End(RateTalk talk)
    {
        lock (gate)
        {
            foreach (var permit in talk.Unanswered)
            {
                permit.Renewed = talk.Read;
            }

            talk.Granted.ForEach(permit => Grant(permit, talk.Read));
            var left = talk.Waiting.Except(talk.Granted).ToList();
            left.ForEach(permit => permit.IsHeldBack = true);
            isCrowded = left.Count > 0;
            swept = talk.Sweeps ? talk.Read : swept;
            waiting = [.. waiting.Except(talk.Granted)];
            if (isCrowded)
            {
                DueAt(talk.Read + (talk.Next < beat ? talk.Next.Value : beat));
            }

            if (unanswered.Count > 0)
            {
                DueAt(unanswered.Min(permit => permit.Renewed) + RenewedAfter);
            }
        }
    }

    /// <summary>It could not be said: those who wait are told so, the rest is said later.</summary>
    public void Fail(RateTalk talk, Exception failure)
    {
        lock (gate)
        {
            foreach (var permit in talk.Waiting)
            {
                permit.TrySetException(failure);
            }

            waiting = [.. waiting.Except(talk.Waiting)];
            settled.InsertRange(0, talk.Settled);
            if (!isDisposed && (isCrowded || settled.Count > 0 || unanswered.Count > 0))
            {
                DueAt(Clock + AfterFailure);
            }
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => NoLease.Instance;

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            var permit = new Permit(cancellationToken)
            {
                Number = NewNumbers(1), Run = CallOwner.Current ?? "", Asked = Clock, IsHeldBack = isCrowded,
            };
            waiting.Add(permit);

            // Where others wait already, the next talk is known to be soon enough.
            if (!isCrowded)
            {
                DueAt(permit.Asked);
            }

            return new(permit.Task);
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (gate)
        {
            isDisposed = true;
            waiting.ForEach(permit => permit.TrySetException(new ObjectDisposedException(nameof(SharedLimiter))));
        }
    }

    private void Grant(Permit permit, TimeSpan read)
    {
        permit.Renewed = read;
        permit.IsUnused = !permit.Grant(answer => Settle(permit, answer));
        if (permit.IsUnused)
        {
            settled.Add(permit);
            DueAt(read + beat);
        }
        else
        {
            unanswered.Add(permit);
        }
    }

    private void Settle(Permit permit, HttpAnswer? answer)
    {
        lock (gate)
        {
            permit.Answered = Clock;
            permit.Answer = RateAnswer.Of(answer, time.GetUtcNow());
            unanswered.Remove(permit);
            settled.Add(permit);

            // That a limit refuses concerns everybody at once.
            DueAt(permit.Answer.Refused ? permit.Answered : permit.Answered + beat);
        }
    }

    private void DueAt(TimeSpan then)
    {
        if (then < due)
        {
            due = then;
            limits.CallAt(then);
        }
    }
}
