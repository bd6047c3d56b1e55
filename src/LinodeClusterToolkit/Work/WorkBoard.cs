using System.Data.Common;
using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Work;

/// <summary>
/// What is to be done, who is at it and how it ended, in PostgreSQL. A row comes with the write that makes work ready, so that none is lost;
/// it is the outbox of messages, the alarm clock of later tries and the fence against two at once. Times are the database's.
/// </summary>
/// <remarks>
/// States: <c>sent</c> (to be published when due, and again while nobody has it), <c>paused</c> (to be sent when due), <c>held</c>, <c>ended</c>.
/// It spans customers, as workers do; whatever else they do goes through records that are one customer's.
/// </remarks>
internal sealed partial class WorkBoard(ISqlDatabase database)
{
    // Long enough for a publish with its confirm; what is not confirmed by then is published again.
    private const string UntilConfirmed = "interval '15 seconds'";

    // A broker that lost what it had confirmed, disks and all, is made up for.
    private const string UntilDoubted = "interval '10 minutes'";

    /// <summary>A piece of work is given up when that many workers died over it.</summary>
    private const int MostDeaths = 40;

    private const string Key = "application = $1 AND customer = $2 AND run = $3 AND step = $4";

    /// <summary>Throws where the claim is another's now; part of the transaction of what is to be written under it.</summary>
    public static void Demand(ISqlSession session, WorkClaim claim)
    {
        var at = claim.Address;
        var stands = session.Query(
            $"SELECT 1 FROM work WHERE {Key} AND turn = $5 AND state = 'held' FOR SHARE", _ => true,
            at.Application, at.Customer, at.Run, at.Step, claim.Turn);
        if (stands.Count == 0)
        {
            throw new LinodeToolkitException(WorkProblems.TakenOver(at));
        }
    }

    /// <summary>The right of whoever works under <see cref="WorkClaim.Current"/>.</summary>
    public static Action<ISqlSession>? Right() => WorkClaim.Current is { } claim ? session => Demand(session, claim) : null;

    /// <summary>Hands a run to workers; nothing where they have it already.</summary>
    public Task SubmitAsync(WorkAddress run, string cluster, IReadOnlySet<string>? again, CancellationToken cancellation)
    {
        var names = again is null ? null : JsonSerializer.Serialize([.. again], WorkJson.Default.StringArray);
        return database.WriteAsync(
            session => session.Execute(
                """
                INSERT INTO work (application, customer, run, step, cluster, queue, state, due, again)
                VALUES ($1, $2, $3, '', $4, $5, 'sent', clock_timestamp(), $6)
                ON CONFLICT (application, customer, run, step) DO NOTHING
                """,
                run.Application, run.Customer, run.Run, cluster, WorkQueues.Runs, names),
            cancellation);
    }

    /// <summary>Takes a run back; false where a worker has begun it.</summary>
    public Task<bool> TakeBackRunAsync(WorkAddress run, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            session.Execute($"DELETE FROM work WHERE {Key} AND state <> 'held'", run.Application, run.Customer, run.Run, "");
            return session.Query($"SELECT 1 FROM work WHERE {Key}", _ => true, run.Application, run.Customer, run.Run, "").Count == 0;
        },
        cancellation);

    /// <summary>Hands steps of a run out; those that were handed out before are watched by this conductor from now on.</summary>
    /// <param name="run">The conductor's claim of the run.</param>
    /// <param name="conductor">Worker that wants to hear how they end.</param>
    /// <param name="queue">Queue for them.</param>
    /// <param name="steps">Their names.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Names of those that were handed out: not of those that somebody has cancelled.</returns>
    public async Task<IReadOnlySet<string>> HandOutAsync(
        WorkClaim run, string conductor, string queue, string[] steps, CancellationToken cancellation)
    {
        var handed = await database.WriteAsync(
            session =>
            {
                Demand(session, run);
                return session.Query(
                    $"""
                    INSERT INTO work (application, customer, run, step, cluster, queue, state, due, conductor)
                    SELECT $1, $2, $3, wanted.name, '', $5, 'sent', clock_timestamp() + {UntilConfirmed}, $6 FROM unnest($4::text[]) AS wanted (name)
                    WHERE NOT EXISTS (SELECT 1 FROM step WHERE step.application = $1 AND step.customer = $2 AND step.run = $3
                        AND step.name = wanted.name AND step.state = 'Cancelled')
                    ON CONFLICT (application, customer, run, step) DO UPDATE
                    SET conductor = excluded.conductor
                    RETURNING step
                    """,
                    row => row.GetString(0),
                    run.Address.Application, run.Address.Customer, run.Address.Run, steps, queue, conductor);
            },
            cancellation).ConfigureAwait(false);
        return handed.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The broker has these. What somebody is taking at that moment needs no word of it.</summary>
    public Task ConfirmAsync(IReadOnlyCollection<WorkAddress> sent, CancellationToken cancellation)
    {
        var all = sent.ToArray();
        return database.WriteAsync(
            session =>
            {
                foreach (var of in all.GroupBy(at => at with { Step = "" }))
                {
                    session.Send(
                        $"""
                        UPDATE work SET due = clock_timestamp() + {UntilDoubted} WHERE application = $1 AND customer = $2 AND run = $3
                            AND step IN (SELECT step FROM work WHERE application = $1 AND customer = $2 AND run = $3 AND step = ANY($4)
                                AND state = 'sent' FOR UPDATE SKIP LOCKED)
                        """,
                        of.Key.Application, of.Key.Customer, of.Key.Run, of.Select(at => at.Step).ToArray());
                }

                return all.Length;
            },
            cancellation);
    }

    /// <summary>What is due to be published, of all customers; it is due again soon unless it is confirmed.</summary>
    public Task<List<(WorkAddress Address, string Queue)>> TakeDueAsync(int most, CancellationToken cancellation) => database.WriteAsync(
        session => session.Query(
            $"""
            UPDATE work SET state = 'sent', due = clock_timestamp() + {UntilConfirmed}
            WHERE (application, customer, run, step) IN (
                SELECT application, customer, run, step FROM work WHERE due <= clock_timestamp() AND state IN ('sent', 'paused')
                ORDER BY due LIMIT $1 FOR UPDATE SKIP LOCKED)
            RETURNING application, customer, run, step, queue
            """,
            row => (AddressOf(row), row.GetString(4)), (long)most),
        cancellation);

    /// <summary>Says that a run is to stop: its steps under way may give up long waits.</summary>
    public Task StopAsync(WorkAddress run, CancellationToken cancellation) => database.WriteAsync(
        session => session.Execute(
            "UPDATE work SET stopping = 1 WHERE application = $1 AND customer = $2 AND run = $3", run.Application, run.Customer, run.Run),
        cancellation);

    /// <summary>Takes back what was handed out and nobody has begun.</summary>
    public Task WithdrawAsync(WorkAddress run, CancellationToken cancellation) => database.WriteAsync(
        session => session.Execute(
            "DELETE FROM work WHERE application = $1 AND customer = $2 AND run = $3 AND step <> '' AND state IN ('sent', 'paused')",
            run.Application, run.Customer, run.Run),
        cancellation);

    /// <summary>Names of the steps of a run that are on the board, in whatever state.</summary>
    public async Task<IReadOnlySet<string>> ListStepsAsync(WorkAddress run, CancellationToken cancellation) => (await database.ReadAsync(
        session => session.Query(
            "SELECT step FROM work WHERE application = $1 AND customer = $2 AND run = $3 AND step <> ''",
            row => row.GetString(0), run.Application, run.Customer, run.Run),
        cancellation).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Steps that have ended, of the runs one worker conducts; some may be told twice.</summary>
    public Task<List<WorkEnd>> ListEndedAsync(string conductor, CancellationToken cancellation) => database.ReadAsync(
        session => session.Query(
            """
            SELECT application, customer, run, step, outcome, attempts, started, ended, problem, calls, waits, waited FROM work
            WHERE conductor = $1 AND state = 'ended' LIMIT 2000
            """,
            row => new WorkEnd(
                AddressOf(row), row.GetWord<StepState>(4), (int)row.GetInt64(5), row.FindTime(6), row.FindTime(7),
                row.FindText(8) is { } problem ? JsonSerializer.Deserialize(problem, WorkJson.Default.Problem) : null)
            {
                Spent = new(row.GetInt64(9), row.GetInt64(10), TimeSpan.FromMilliseconds(row.GetInt64(11))),
            },
            conductor),
        cancellation);

    /// <summary>Forgets steps whose end its conductor has taken note of; the journal has it.</summary>
    public Task ForgetAsync(IReadOnlyCollection<WorkAddress> ended, CancellationToken cancellation)
    {
        var all = ended.ToArray();
        return database.WriteAsync(
            session =>
            {
                foreach (var of in all.GroupBy(at => at with { Step = "" }))
                {
                    session.Send(
                        "DELETE FROM work WHERE application = $1 AND customer = $2 AND run = $3 AND step = ANY($4) AND state = 'ended'",
                        of.Key.Application, of.Key.Customer, of.Key.Run, of.Select(at => at.Step).ToArray());
                }

                return all.Length;
            },
            cancellation);
    }

    /// <summary>How much work there is; of one customer, or of all.</summary>
    public Task<WorkLoad> LoadAsync(string? application, string? customer, CancellationToken cancellation) => database.ReadAsync(
        session => session.Query(
            """
            SELECT count(*) FILTER (WHERE step = '' AND state IN ('sent', 'paused')), count(*) FILTER (WHERE step = '' AND state = 'held'),
                count(*) FILTER (WHERE step <> '' AND state = 'sent'), count(*) FILTER (WHERE step <> '' AND state = 'held'),
                count(*) FILTER (WHERE step <> '' AND state = 'paused')
            FROM work WHERE ($1::text IS NULL OR application = $1) AND ($2::text IS NULL OR customer = $2)
            """,
            row => new WorkLoad(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
            application, customer).Single(),
        cancellation);

    private static WorkAddress AddressOf(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3));
}
