using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Tasks;

/// <summary>A journal in a database file, seen only by the application and customer it was written for.</summary>
internal sealed class SqlTaskJournal(ISqlDatabase database, string application, string customer, SqlRight? right = null) : ITaskJournal
{
    private const string Write =
        """
        INSERT INTO step (application, customer, run, name, state, attempts, started, ended, problem) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (application, customer, run, name) DO UPDATE
        SET state = excluded.state, attempts = excluded.attempts, started = excluded.started, ended = excluded.ended, problem = excluded.problem
        """;

    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(string run, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(
            "SELECT name, state, attempts, started, ended, problem FROM step WHERE application = $1 AND customer = $2 AND run = $3 ORDER BY id",
            row => new JournalEntry(
                run, row.GetString(0), Enum.Parse<StepState>(row.GetString(1)), (int)row.GetInt64(2), row.FindTime(3), row.FindTime(4),
                row.FindText(5)),
            application, customer, run), cancellation).ConfigureAwait(false);

    public Task WriteAsync(JournalEntry entry, CancellationToken cancellation) => ChangeAsync(Write, cancellation, Values(entry));

    public async Task<bool> TryBeginAsync(JournalEntry entry, CancellationToken cancellation) =>
        await ChangeAsync(Write + " WHERE step.state <> 'Cancelled'", cancellation, Values(entry)).ConfigureAwait(false) == 1;

    public async Task<bool> TryCancelAsync(string run, string step, CancellationToken cancellation) => await ChangeAsync(
        """
        INSERT INTO step (application, customer, run, name, state, attempts) VALUES ($1, $2, $3, $4, 'Cancelled', 0)
        ON CONFLICT (application, customer, run, name) DO UPDATE SET state = 'Cancelled' WHERE step.state NOT IN ('Started', 'Done')
        """,
        cancellation, application, customer, run, step).ConfigureAwait(false) == 1;

    public Task EnterAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation) => EachAsync(
        """
        INSERT INTO step (application, customer, run, name, state, attempts) VALUES ($1, $2, $3, $4, 'Waiting', 0)
        ON CONFLICT (application, customer, run, name) DO NOTHING
        """,
        run, steps, cancellation);

    // The row stays: people number the steps of a run by their place.
    public Task ForgetAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation) => EachAsync(
        """
        UPDATE step SET state = 'Waiting', attempts = 0, started = NULL, ended = NULL, problem = NULL
        WHERE application = $1 AND customer = $2 AND run = $3 AND name = $4
        """,
        run, steps, cancellation);

    public ITaskJournal Under(Lease held) => new SqlTaskJournal(
        database, application, customer, () => session => SqlLeaseStore.Demand(session, application, customer, held));

    private Task<int> ChangeAsync(string sql, CancellationToken cancellation, params object?[] values) =>
        WriteAsync(session => session.Execute(sql, values), cancellation);

    private Task EachAsync(string sql, string run, IReadOnlyCollection<string> steps, CancellationToken cancellation) => steps.Count == 0
        ? Task.CompletedTask
        : WriteAsync(
            session =>
            {
                foreach (var step in steps)
                {
                    session.Send(sql, application, customer, run, step);
                }

                return steps.Count;
            },
            cancellation);

    private Task<int> WriteAsync(Func<ISqlSession, int> write, CancellationToken cancellation) => database.WriteAsync(right, write, cancellation);

    private object?[] Values(JournalEntry entry) =>
    [
        application, customer, entry.Run, entry.Step, entry.State.ToString(), entry.Attempts, entry.Started?.Text(), entry.Ended?.Text(), entry.Problem,
    ];
}
