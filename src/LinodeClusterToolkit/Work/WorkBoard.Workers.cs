using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Work;

/// <summary>What a sign of life is answered with.</summary>
/// <param name="IsKnown">Whether others still count on it; false where they took it for dead.</param>
/// <param name="IsToDrain">Whether somebody asked it to end.</param>
/// <param name="Stopping">Runs that are to stop, of those it has steps of.</param>
/// <param name="Customers">Customers with work on the board, by application.</param>
internal sealed record BeatAnswer(
    bool IsKnown, bool IsToDrain, IReadOnlyList<WorkAddress> Stopping, IReadOnlyList<(string Application, string Customer)> Customers);

// Who is up. A worker that is not heard of for a while, or whose process is seen to be gone, is dead: others take up what it held.
internal sealed partial class WorkBoard
{
    /// <summary>A worker that is not heard of for that long is dead.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    /// <summary>One that could give no sign of life for that long leaves its work, so that it has when others take it up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string IsSilent = "seen < clock_timestamp() - interval '30 seconds'";

    /// <summary>Enters a worker; where one of that name is up, gives that one.</summary>
    public Task<WorkerRecord?> JoinAsync(string id, string name, LeaseHolder self, int concurrency, CancellationToken cancellation) =>
        database.WriteAsync(
            session =>
            {
                session.TakeTurns("workers");
                var others = session.Query(
                    $"SELECT {WorkerColumns}, holder FROM worker WHERE name = $1 AND id <> $2 AND state <> 'Lost' AND NOT {IsSilent}",
                    row => (Worker: WorkerOf(row), Holder: LeaseHolder.Parse(row.GetString(9))), name, id);
                var other = others.Find(known => !known.Holder.IsKnownDeadBy(self)).Worker;
                if (other is null)
                {
                    session.Execute(
                        """
                        INSERT INTO worker (id, name, holder, machine, process, state, started, seen, concurrency, steps, runs)
                        VALUES ($1, $2, $3, $4, $5, 'Running', clock_timestamp(), clock_timestamp(), $6, 0, 0)
                        ON CONFLICT (id) DO NOTHING
                        """,
                        id, name, self.Text, self.Machine, (long)self.Process, (long)concurrency);
                }

                return other;
            },
            cancellation);

    /// <summary>A sign of life.</summary>
    public Task<BeatAnswer> BeatAsync(string id, int steps, int runs, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            var state = session.Query(
                "UPDATE worker SET seen = clock_timestamp(), steps = $2, runs = $3 WHERE id = $1 AND state <> 'Lost' RETURNING state",
                row => row.GetWord<WorkerState>(0), id, (long)steps, (long)runs);
            return new BeatAnswer(
                state.Count > 0,
                state.Contains(WorkerState.Draining),
                session.Query(
                    "SELECT DISTINCT application, customer, run FROM work WHERE holder = $1 AND stopping = 1",
                    row => new WorkAddress(row.GetString(0), row.GetString(1), row.GetString(2)), id),
                session.Query("SELECT DISTINCT application, customer FROM work", row => (row.GetString(0), row.GetString(1))));
        },
        cancellation);

    /// <summary>Takes a worker off the list that has ended in good order; what it still held is free.</summary>
    public Task PartAsync(string id, CancellationToken cancellation) => database.WriteAsync(
        session =>
        {
            Free(session, [id]);
            return session.Execute("DELETE FROM worker WHERE id = $1", id);
        },
        cancellation);

    /// <summary>Frees what dead workers held, once for each; gives their names.</summary>
    public async Task<IReadOnlyList<string>> FreeDeadAsync(LeaseHolder self, CancellationToken cancellation)
    {
        var suspects = await database.ReadAsync(
            session => session.Query(
                $"SELECT id, name, holder, {IsSilent} FROM worker WHERE state <> 'Lost'",
                row => (Id: row.GetString(0), Name: row.GetString(1), Holder: row.GetString(2), IsSilent: row.GetBoolean(3))),
            cancellation).ConfigureAwait(false);
        var dead = suspects.Where(known => known.IsSilent || LeaseHolder.Parse(known.Holder).IsKnownDeadBy(self)).ToList();
        return dead.Count == 0 ? [] : await database.WriteAsync(
            session =>
            {
                session.TakeTurns("workers");

                // One that was heard of meanwhile lives; one whose process was seen to be gone does not come back.
                var lost = dead.Where(known => session.Execute(
                    $"UPDATE worker SET state = 'Lost' WHERE id = $1 AND state <> 'Lost' AND ({IsSilent} OR $2)",
                    known.Id, !known.IsSilent) == 1).ToList();
                Free(session, [.. lost.Select(known => known.Id)]);
                session.Execute("DELETE FROM worker WHERE state = 'Lost' AND seen < clock_timestamp() - interval '1 hour'");
                return lost.Select(known => known.Name).ToList();
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Workers, by name.</summary>
    public Task<List<WorkerRecord>> ListWorkersAsync(CancellationToken cancellation) => database.ReadAsync(
        session => session.Query($"SELECT {WorkerColumns} FROM worker ORDER BY name, started", WorkerOf), cancellation);

    /// <summary>Asks a worker to end; false where none of that name is up.</summary>
    public async Task<bool> DrainAsync(string name, CancellationToken cancellation) => await database.WriteAsync(
        session => session.Execute(
            $"UPDATE worker SET state = 'Draining' WHERE name = $1 AND state <> 'Lost' AND NOT {IsSilent}", name),
        cancellation).ConfigureAwait(false) > 0;

    /// <summary>Gives up a step that nobody holds, as what no worker can deal with.</summary>
    public Task<bool> BuryAsync(WorkAddress at, Problem problem, DateTimeOffset now, CancellationToken cancellation) => database.WriteAsync(
        session => Bury(session, at, problem, now, "state IN ('sent', 'paused')"), cancellation);

    /// <summary>Has another message sent for what nobody has: the last one was lost, and it says nothing of the work.</summary>
    public Task SendAgainAsync(WorkAddress at, CancellationToken cancellation) => database.WriteAsync(
        session => session.Execute(
            $"UPDATE work SET due = clock_timestamp() WHERE {Key} AND state = 'sent'", at.Application, at.Customer, at.Run, at.Step), cancellation);

    private const string WorkerColumns =
        $"name, machine, process, CASE WHEN {IsSilent} THEN 'Lost' ELSE state END, started, seen, concurrency, steps, runs";

    private static WorkerRecord WorkerOf(System.Data.Common.DbDataReader row) => new(
        row.GetString(0), row.GetString(1), (int)row.GetInt64(2), row.GetWord<WorkerState>(3),
        row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), (int)row.GetInt64(6), (int)row.GetInt64(7), (int)row.GetInt64(8));

    // What one died over may be what it died of: that is tried less and less often, so that workers have time for the rest, and not for ever.
    private static void Free(ISqlSession session, string[] holders)
    {
        var poison = session.Query(
            """
            SELECT application, customer, run, step, deaths + 1 FROM work
            WHERE holder = ANY($1) AND state = 'held' AND step <> '' AND deaths + 1 >= $2
            """,
            row => (At: AddressOf(row), Deaths: row.GetInt64(4)), holders, (long)MostDeaths);
        foreach (var (at, deaths) in poison)
        {
            Bury(session, at, WorkProblems.Poison(at, deaths), DateTimeOffset.UtcNow, "state = 'held'");
        }

        session.Execute(
            """
            UPDATE work SET holder = NULL, died = since, tries = tries - 1, deaths = deaths + 1,
                state = CASE WHEN step <> '' AND deaths >= 5 THEN 'paused' ELSE 'sent' END,
                due = clock_timestamp() + interval '1 second'
                    * CASE WHEN step <> '' AND deaths >= 5 THEN least(60, (deaths - 4) * (deaths - 4)) ELSE 0 END
            WHERE holder = ANY($1) AND state = 'held'
            """,
            (object)holders);
    }

    private static bool Bury(ISqlSession session, WorkAddress at, Problem problem, DateTimeOffset now, string where)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(problem, WorkJson.Default.Problem);
        var buried = session.Execute(
            $"""
            UPDATE work SET state = 'ended', turn = turn + 1, holder = NULL, due = NULL, outcome = $5, attempts = tries, ended = $6, problem = $7
            WHERE {Key} AND {where}
            """,
            at.Application, at.Customer, at.Run, at.Step, nameof(StepState.Failed), now.Text(), json);
        return buried == 1 && session.Execute(
            "UPDATE step SET state = 'Failed', ended = $5, problem = $6 WHERE application = $1 AND customer = $2 AND run = $3 AND name = $4",
            at.Application, at.Customer, at.Run, at.Step, now.Text(), problem.ToString()) == 1;
    }
}
