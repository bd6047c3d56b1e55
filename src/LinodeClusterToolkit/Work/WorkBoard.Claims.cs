using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Work;

// From taking a piece of work to its end; the journal is written in the same transactions.
internal sealed partial class WorkBoard
{
    /// <summary>Takes a piece of work; null where it is another's, has ended, or waits for its time: then its message was one too many.</summary>
    /// <param name="address">The work.</param>
    /// <param name="holder">The worker.</param>
    /// <param name="now">When, UTC, for the journal.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<WorkClaim?> TakeAsync(WorkAddress address, string holder, DateTimeOffset now, CancellationToken cancellation)
    {
        // Where the end of the same write was not heard of, it is taken already, and nobody else's.
        var token = Guid.NewGuid().ToString("N");
        return database.WriteAsync(
            session => Take(session, address, holder, token) is { } claim ? address.IsRun ? claim : Begin(session, claim, now) : null, cancellation);
    }

    /// <summary>Ends a step as done or failed, or as <c>Started</c> where it was given up since its run is to stop.</summary>
    /// <exception cref="LinodeToolkitException">LCT7162: it is another's by now; nothing was written.</exception>
    public Task EndAsync(WorkClaim claim, StepState outcome, DateTimeOffset? ended, Problem? problem, CancellationToken cancellation)
    {
        var spent = Spending.Current?.Spent ?? default;
        return database.WriteAsync(
            session =>
            {
                var at = claim.Address;
                Change(session, claim, "state = 'ended', holder = NULL, outcome = $6, attempts = $7, started = $8, ended = $9, problem = $10, "
                    + "calls = calls + $11, waits = waits + $12, waited = waited + $13",
                    outcome.ToString(), (long)claim.Attempts, claim.Started.Text(), ended?.Text(),
                    problem is null ? null : JsonSerializer.Serialize(problem, WorkJson.Default.Problem),
                    spent.Calls, spent.Waits, (long)spent.Waited.TotalMilliseconds);
                if (outcome != StepState.Started)
                {
                    session.Execute(
                        "UPDATE step SET state = $5, ended = $6, problem = $7 WHERE application = $1 AND customer = $2 AND run = $3 AND name = $4",
                        at.Application, at.Customer, at.Run, at.Step, outcome.ToString(), ended?.Text(), problem?.ToString());
                }

                return true;
            },
            cancellation);
    }

    /// <summary>Has it tried again a while later, by whoever is free then.</summary>
    /// <exception cref="LinodeToolkitException">LCT7162: it is another's by now; nothing was written.</exception>
    public Task PauseAsync(WorkClaim claim, TimeSpan pause, CancellationToken cancellation)
    {
        var spent = Spending.Current?.Spent ?? default;
        return database.WriteAsync(
            session => Change(
                session, claim, "state = 'paused', holder = NULL, died = NULL, due = clock_timestamp() + $6::interval, "
                    + "calls = calls + $7, waits = waits + $8, waited = waited + $9",
                pause, spent.Calls, spent.Waits, (long)spent.Waited.TotalMilliseconds),
            cancellation);
    }

    /// <summary>Gives it back in good order, for another to take at once.</summary>
    /// <exception cref="LinodeToolkitException">LCT7162: it is another's by now; nothing was written.</exception>
    public Task ReturnAsync(WorkClaim claim, CancellationToken cancellation) => database.WriteAsync(
        session => Change(session, claim, "state = 'sent', holder = NULL, died = NULL, tries = tries - 1, due = clock_timestamp()"), cancellation);

    /// <summary>A run has come to its end: nothing of it is on the board any more.</summary>
    /// <exception cref="LinodeToolkitException">LCT7162: it is another's by now; nothing was written.</exception>
    public Task CloseAsync(WorkClaim run, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            Demand(session, run);
            session.Execute(
                "DELETE FROM work WHERE application = $1 AND customer = $2 AND run = $3 AND (state <> 'held' OR step = '')",
                run.Address.Application, run.Address.Customer, run.Address.Run);
            session.Execute(
                "DELETE FROM site_note WHERE application = $1 AND customer = $2 AND run = $3",
                run.Address.Application, run.Address.Customer, run.Address.Run);
            return session.Execute(
                "DELETE FROM site WHERE application = $1 AND customer = $2 AND run = $3",
                run.Address.Application, run.Address.Customer, run.Address.Run);
        },
        cancellation);

    /// <summary>Writes down what workers need to draw a run's graph; each time under a new number.</summary>
    public Task<long> PutSiteAsync(WorkClaim run, string body, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            Demand(session, run);

            // What ended, and who conducted it before did not hear of, is in the journal, which is read next; it may have been taken back since.
            session.Execute(
                "DELETE FROM work WHERE application = $1 AND customer = $2 AND run = $3 AND step <> '' AND state = 'ended'",
                run.Address.Application, run.Address.Customer, run.Address.Run);

            // By the clock: turns begin anew when a run that has ended is gone on with, and workers still know the graph they drew for it then.
            return session.Query(
                """
                INSERT INTO site (application, customer, run, number, body)
                VALUES ($1, $2, $3, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, $4)
                ON CONFLICT (application, customer, run) DO UPDATE SET number = excluded.number, body = excluded.body RETURNING number
                """,
                row => row.GetInt64(0), run.Address.Application, run.Address.Customer, run.Address.Run, body).Single();
        },
        cancellation);

    /// <summary>What <see cref="PutSiteAsync"/> wrote; null where nothing is on record.</summary>
    public Task<string?> FindSiteAsync(WorkAddress run, CancellationToken cancellation) => database.ReadAsync(
        session => session.Query(
            "SELECT body FROM site WHERE application = $1 AND customer = $2 AND run = $3", row => row.GetString(0),
            run.Application, run.Customer, run.Run).SingleOrDefault(),
        cancellation);

    /// <summary>Writes a word down that all workers of a run are to know, until it is closed.</summary>
    public Task NoteAsync(WorkAddress run, string word, CancellationToken cancellation) => database.WriteAsync(
        session => session.Execute(
            "INSERT INTO site_note (application, customer, run, word) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            run.Application, run.Customer, run.Run, word),
        cancellation);

    /// <summary>What all workers of a run are to know.</summary>
    public Task<SiteNews> ListNewsAsync(WorkAddress run, CancellationToken cancellation) => database.ReadAsync(
        session => new SiteNews(
            session.Query(
                "SELECT name FROM step WHERE application = $1 AND customer = $2 AND run = $3 AND state = 'Failed'", row => row.GetString(0),
                run.Application, run.Customer, run.Run),
            session.Query(
                "SELECT word FROM site_note WHERE application = $1 AND customer = $2 AND run = $3", row => row.GetString(0),
                run.Application, run.Customer, run.Run)),
        cancellation);

    private static WorkClaim? Take(ISqlSession session, WorkAddress at, string holder, string token) => session.Query(
        $"""
        UPDATE work SET state = 'held', holder = $5, token = $6, turn = turn + 1, tries = tries + 1, since = clock_timestamp(), due = NULL
        WHERE {Key} AND (state = 'sent' OR (state = 'held' AND token = $6))
        RETURNING turn, tries, extract(epoch FROM clock_timestamp() - died)::float8, again,
            (SELECT number FROM site WHERE site.application = $1 AND site.customer = $2 AND site.run = $3), cluster
        """,
        row => new WorkClaim(at, row.GetInt64(0))
        {
            Tries = (int)row.GetInt64(1),
            DiedAgo = row.IsDBNull(2) ? null : TimeSpan.FromSeconds(row.GetDouble(2)),
            Again = row.FindText(3) is { } names
                ? JsonSerializer.Deserialize(names, WorkJson.Default.StringArray)!.ToHashSet(StringComparer.Ordinal) : null,
            Site = row.FindWhole(4) ?? 0,
            Cluster = row.GetString(5),
        },
        at.Application, at.Customer, at.Run, at.Step, holder, token).SingleOrDefault();

    /// <summary>Writes that a step begins; null where somebody has cancelled it, which ends it.</summary>
    private static WorkClaim? Begin(ISqlSession session, WorkClaim claim, DateTimeOffset now)
    {
        var at = claim.Address;
        var before = claim.DiedAgo is not null || claim.Tries > 1 ? [] : session.Query(
            "SELECT attempts, started FROM step WHERE application = $1 AND customer = $2 AND run = $3 AND name = $4 AND state = 'Started'",
            row => (Attempts: row.GetInt64(0), Started: row.FindTime(1)), at.Application, at.Customer, at.Run, at.Step);
        if (before is [var (attempts, started)])
        {
            // A process that did its work alone died over it. Of a step that was begun several times only the first is known.
            claim = claim with { DiedAgo = attempts == 1 && started is { } first ? now - first : TimeSpan.Zero };
        }

        var begun = session.Query(
            """
            INSERT INTO step (application, customer, run, name, state, attempts, started) VALUES ($1, $2, $3, $4, 'Started', 1, $5)
            ON CONFLICT (application, customer, run, name) DO UPDATE
            SET state = 'Started', attempts = step.attempts + 1, started = coalesce(step.started, excluded.started), ended = NULL, problem = NULL
            WHERE step.state <> 'Cancelled'
            RETURNING attempts, started
            """,
            row => claim with { Attempts = (int)row.GetInt64(0), Started = row.GetTime(1) },
            at.Application, at.Customer, at.Run, at.Step, now.Text()).SingleOrDefault();
        if (begun is null)
        {
            Change(session, claim, "state = 'ended', holder = NULL, outcome = 'Cancelled', attempts = 0");
        }

        return begun;
    }

    private static bool Change(ISqlSession session, WorkClaim claim, string change, params ReadOnlySpan<object?> values)
    {
        var at = claim.Address;
        object?[] all = [at.Application, at.Customer, at.Run, at.Step, claim.Turn, .. values];
        return session.Execute($"UPDATE work SET {change} WHERE {Key} AND turn = $5 AND state = 'held'", all) == 1
            ? true : throw new LinodeToolkitException(WorkProblems.TakenOver(at));
    }
}

/// <summary>How problems and names stand on the board.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class WorkJson : JsonSerializerContext;
