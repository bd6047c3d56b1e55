using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Rates;

/// <summary>One word with the database about one limit: what was answered goes in, wants are told, permits come back.</summary>
/// <remarks>It may be played again; what comes of it is that of the last time.</remarks>
internal sealed class RateTalk(SharedLimiter limiter, IReadOnlyList<Permit> waiting, IReadOnlyList<Permit> settled, IReadOnlyList<Permit> unanswered)
{
    private static readonly TimeSpan WantsLast = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WantsAreRenewed = TimeSpan.FromSeconds(2);

    // What a killed process held is free again when its request has ended for certain, and the window that may have counted it.
    private readonly TimeSpan longest = CallPipeline.TimeForOneTry + limiter.Rule.Window;
    private int plays;

    public SharedLimiter Limiter => limiter;

    public IReadOnlyList<Permit> Waiting => waiting;

    public IReadOnlyList<Permit> Settled => settled;

    public IReadOnlyList<Permit> Unanswered => unanswered;

    /// <summary>Those that may go on.</summary>
    public List<Permit> Granted { get; } = [];

    /// <summary>When the clock was read, by this process's.</summary>
    public TimeSpan Read { get; private set; }

    /// <summary>How long after that the next permit is free, where that is known.</summary>
    public TimeSpan? Next { get; private set; }

    /// <summary>Whether wants were read, and written.</summary>
    public bool HasWants { get; init; }

    /// <summary>Whether what is over is taken away.</summary>
    public bool Sweeps { get; init; }

    public void Hold(ISqlSession session)
    {
        Granted.Clear();
        session.TakeTurns(limiter.Key);
        var tables = new RateTables(session, limiter.Account, limiter.Limit);

        // In this order: an answer may seem younger than it is, never older.
        var sent = limiter.Clock;
        var (now, book) = tables.Load(limiter.Rule);
        Read = limiter.Clock;
        var before = book with { };
        Settle(tables, book, time => now - (sent - time));
        foreach (var permit in unanswered)
        {
            tables.Hold(limiter.Process, permit.Number, 1, permit.Run, permit.Taken, now + longest);
        }

        if (HasWants || waiting.Count > 0)
        {
            Share(tables, book, now, time => now - (sent - time));
        }

        if (book != before)
        {
            tables.Save(book, settled.Any(permit => permit.Answer.Refused) ? now : null);
        }

        if (Sweeps)
        {
            tables.Sweep(now);
        }

        plays++;
    }

    private void Settle(RateTables tables, LimitBook book, Func<TimeSpan, TimeSpan> at)
    {
        var first = book.FirstAnswer;
        foreach (var permit in settled)
        {
            if (permit.IsUnused)
            {
                tables.GiveBack(limiter.Process, permit.Number);
                continue;
            }

            var answered = at(permit.Answered);
            var isOfBurst = permit.Taken >= book.BurstBegan && book.IsOfBurst(permit.Answer, answered);
            var end = (isOfBurst ? book.FirstAnswer!.Value : answered) + limiter.Rule.Window;
            tables.Hold(limiter.Process, permit.Number, 1, permit.Run, permit.Taken, end, isOfBurst ? book.BurstBegan : null);
            book.Learn(permit.Answer, answered);
        }

        if (book.FirstAnswer is { } earlier && earlier != first)
        {
            tables.EndBurst(book.BurstBegan, earlier + limiter.Rule.Window);
        }

        LeaveRoomForOthers(tables, book, at);
    }

    // Others who use the account show as permits that are gone without our doing; of several answers the one that tells the fewest left is believed.
    private void LeaveRoomForOthers(RateTables tables, LimitBook book, Func<TimeSpan, TimeSpan> at)
    {
        if (settled.Where(permit => permit.Answer.Remaining is not null).MinBy(permit => permit.Answer.Remaining) is not { } permit)
        {
            return;
        }

        var answered = at(permit.Answered);
        var gone = book.Limit - tables.CountHeld(answered) - permit.Answer.Remaining!.Value;
        if (gone > 0)
        {
            var until = answered + book.LengthOfOthers(permit.Answer);
            tables.Hold(limiter.Process, limiter.NewNumbers(gone), gone, null, answered, until);
        }
    }

    private void Share(RateTables tables, LimitBook book, TimeSpan now, Func<TimeSpan, TimeSpan> at)
    {
        if (plays > 0 && waiting.Count > 0)
        {
            // Where the end of the same was not heard of, some have theirs already.
            var taken = tables.NumbersOf(limiter.Process, waiting.Min(permit => permit.Number));
            Grant(tables, waiting.Where(permit => taken.Contains(permit.Number)), now);
        }

        var held = tables.Held(now);
        var used = held.Sum(run => run.Count);
        var free = now < book.ClosedUntil ? 0 : Math.Max(0, book.Limit - used);
        var told = tables.Wants(now);
        var own = told.FindAll(want => want.Process == limiter.Process);
        var mine = waiting.Except(Granted).GroupBy(permit => permit.Run, StringComparer.Ordinal).ToDictionary(
            run => new Want(
                run.Key, limiter.Process, run.Count(), at(run.Min(permit => permit.Asked)), FairShares.TurnOf(told, run.Key), now + WantsLast),
            run => run.ToList());
        var shares = FairShares.Divide(
            free, [.. told.Except(own), .. mine.Keys], held.Where(run => run.Run is not null).ToDictionary(run => run.Run!, run => run.Count));
        if (used == 0 && mine.Keys.Any(shares.ContainsKey))
        {
            book.BeginBurst(now);
        }

        foreach (var (want, permits) in mine)
        {
            var share = shares.GetValueOrDefault(want);
            Grant(tables, permits.Take(share), now);
            var left = want with { Waiting = want.Waiting - share, Turn = want.Turn + share };
            var known = own.Find(other => other.Run == want.Run);
            Tell(tables, left, known, now);
        }

        foreach (var over in own.Where(want => !mine.Keys.Any(other => other.Run == want.Run)))
        {
            tables.Untell(over);
        }

        Next = now < book.ClosedUntil ? book.ClosedUntil - now : used > 0 ? held.Min(run => run.First) - now : null;
    }

    private static void Tell(RateTables tables, Want want, Want? known, TimeSpan now)
    {
        if (want.Waiting == 0)
        {
            if (known is not null)
            {
                tables.Untell(known);
            }
        }
        else if (known is null || known.Waiting != want.Waiting || known.Turn != want.Turn || known.Until < now + WantsAreRenewed)
        {
            tables.Tell(want);
        }
    }

    private void Grant(RateTables tables, IEnumerable<Permit> permits, TimeSpan now)
    {
        foreach (var permit in permits)
        {
            permit.Taken = now;
            tables.Hold(limiter.Process, permit.Number, 1, permit.Run, now, now + longest);
            Granted.Add(permit);
        }
    }
}
