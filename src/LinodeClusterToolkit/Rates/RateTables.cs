using System.Data.Common;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Rates;

/// <summary>What the database keeps of one limit of an account. Times count from 1970, in microseconds, by the database's clock.</summary>
internal sealed class RateTables(ISqlSession session, string account, LimitClass limit)
{
    private static readonly TimeSpan LearntFor = TimeSpan.FromDays(1);

    // So long it can still be asked how many were held a moment ago.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);
    private readonly string limited = limit.ToString();
    private TimeSpan refused;

    /// <summary>Reads the clock and what is known. A limit that refused is believed for a day.</summary>
    public (TimeSpan Now, LimitBook Book) Load(LimitRule rule) => session.Query(
        """
        SELECT clock.now, known.most, known.ceiling, known.closed_until, known.burst, known.answered, known.refused
        FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now) AS clock
        LEFT JOIN rate_limit AS known ON known.account = $1 AND known.class = $2
        """,
        row => (Time(row, 0), BookOf(row, rule)), account, limited).Single();

    /// <summary>Writes what is known.</summary>
    public void Save(LimitBook book, TimeSpan? refusedAt) => session.Send(
        """
        INSERT INTO rate_limit (account, class, most, ceiling, closed_until, burst, answered, refused) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (account, class) DO UPDATE SET most = excluded.most, ceiling = excluded.ceiling, closed_until = excluded.closed_until,
            burst = excluded.burst, answered = excluded.answered, refused = excluded.refused
        """,
        account, limited, (long)book.Limit, (long)book.Ceiling, Micros(book.ClosedUntil), Micros(book.BurstBegan),
        book.FirstAnswer is { } answered ? Micros(answered) : null, Micros(refusedAt ?? refused));

    /// <summary>Writes that permits are held, with numbers from one on.</summary>
    /// <param name="process">By which process.</param>
    /// <param name="number">The first one's number.</param>
    /// <param name="count">How many.</param>
    /// <param name="run">For which run; null where they are gone without our doing.</param>
    /// <param name="taken">Since when.</param>
    /// <param name="until">Until when.</param>
    /// <param name="burst">The burst whose one window counted them, by its beginning; null where that is not known.</param>
    public void Hold(string process, long number, int count, string? run, TimeSpan taken, TimeSpan until, TimeSpan? burst = null) => session.Send(
        """
        INSERT INTO rate_permit (account, class, process, number, run, taken, until, burst)
        SELECT $1, $2, $3, $4 + place, $6, $7, $8, $9::bigint FROM generate_series(0, $5 - 1) AS place
        ON CONFLICT (account, class, process, number) DO UPDATE SET until = excluded.until, burst = excluded.burst
        """,
        account, limited, process, number, count, run, Micros(taken), Micros(until), burst is { } began ? Micros(began) : null);

    /// <summary>A burst's first answer came: all of it ends with the same window.</summary>
    public void EndBurst(TimeSpan burst, TimeSpan until) => session.Send(
        "UPDATE rate_permit SET until = $4 WHERE account = $1 AND class = $2 AND burst = $3 AND until > $4",
        account, limited, Micros(burst), Micros(until));

    /// <summary>Nothing was sent for it.</summary>
    public void GiveBack(string process, long number) => session.Send(
        "DELETE FROM rate_permit WHERE account = $1 AND class = $2 AND process = $3 AND number = $4", account, limited, process, number);

    /// <summary>Permits that are held now: how many by each run, and when the first of them ends.</summary>
    public List<(string? Run, int Count, TimeSpan First)> Held(TimeSpan now) => session.Query(
        "SELECT run, count(*), min(until) FROM rate_permit WHERE account = $1 AND class = $2 AND until > $3 GROUP BY run",
        row => (row.FindText(0), (int)row.GetInt64(1), Time(row, 2)), account, limited, Micros(now));

    /// <summary>How many were held a moment ago; those that are gone without our doing always were.</summary>
    public int CountHeld(TimeSpan at) => session.Query(
        "SELECT count(*) FROM rate_permit WHERE account = $1 AND class = $2 AND until > $3 AND (taken <= $3 OR run IS NULL)",
        row => (int)row.GetInt64(0), account, limited, Micros(at)).Single();

    /// <summary>Numbers from one on that a process has permits of.</summary>
    public HashSet<long> NumbersOf(string process, long from) =>
    [
        .. session.Query(
            "SELECT number FROM rate_permit WHERE account = $1 AND class = $2 AND process = $3 AND number >= $4",
            row => row.GetInt64(0), account, limited, process, from),
    ];

    /// <summary>Wants that are believed.</summary>
    public List<Want> Wants(TimeSpan now) => session.Query(
        "SELECT run, process, waiting, since, turn, until FROM rate_want WHERE account = $1 AND class = $2 AND until > $3",
        row => new Want(row.GetString(0), row.GetString(1), (int)row.GetInt64(2), Time(row, 3), row.GetInt64(4), Time(row, 5)),
        account, limited, Micros(now));

    /// <summary>Writes a want.</summary>
    public void Tell(Want want) => session.Send(
        """
        INSERT INTO rate_want (account, class, run, process, waiting, since, turn, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (account, class, run, process) DO UPDATE
        SET waiting = excluded.waiting, since = excluded.since, turn = excluded.turn, until = excluded.until
        """,
        account, limited, want.Run, want.Process, (long)want.Waiting, Micros(want.Since), want.Turn, Micros(want.Until));

    /// <summary>Nobody of that run waits in that process any more.</summary>
    public void Untell(Want want) => session.Send(
        "DELETE FROM rate_want WHERE account = $1 AND class = $2 AND run = $3 AND process = $4", account, limited, want.Run, want.Process);

    /// <summary>Takes away what is over.</summary>
    public void Sweep(TimeSpan now)
    {
        session.Send("DELETE FROM rate_permit WHERE account = $1 AND class = $2 AND until < $3", account, limited, Micros(now - KeptFor));
        session.Send("DELETE FROM rate_want WHERE account = $1 AND class = $2 AND until < $3", account, limited, Micros(now));
    }

    private LimitBook BookOf(DbDataReader row, LimitRule rule)
    {
        var book = new LimitBook(rule);
        if (row.IsDBNull(1))
        {
            return book;
        }

        refused = Time(row, 6);
        if (Time(row, 0) < refused + LearntFor)
        {
            book.Ceiling = (int)Math.Min(book.Ceiling, row.GetInt64(2));
        }

        book.Limit = (int)Math.Min(row.GetInt64(1), book.Ceiling);
        book.ClosedUntil = Time(row, 3);
        book.TakeUpBurst(Time(row, 4), row.IsDBNull(5) ? null : Time(row, 5));
        return book;
    }

    private static TimeSpan Time(DbDataReader row, int column) => TimeSpan.FromTicks(row.GetInt64(column) * TimeSpan.TicksPerMicrosecond);

    // Rather a moment later than earlier.
    private static long Micros(TimeSpan time) => (time.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;
}
