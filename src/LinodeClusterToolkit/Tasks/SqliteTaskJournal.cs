using LinodeClusterToolkit.Sqlite;

namespace LinodeClusterToolkit.Tasks;

/// <summary>A journal in a database file, seen only by the application and customer it was written for.</summary>
internal sealed class SqliteTaskJournal(SqliteFile file, string application, string customer) : ITaskJournal
{
    /// <summary>Its table; the row id keeps the order of first writing.</summary>
    public static SqliteSchema Schema { get; } = new("journal",
    [
        """
        CREATE TABLE step (
            id INTEGER PRIMARY KEY, application TEXT NOT NULL, customer TEXT NOT NULL, run TEXT NOT NULL, name TEXT NOT NULL,
            state TEXT NOT NULL, attempts INTEGER NOT NULL, started TEXT, ended TEXT, problem TEXT,
            UNIQUE (application, customer, run, name))
        """,
    ]);

    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(string run, CancellationToken cancellation) =>
        await file.ReadAsync(session => session.Query(
            "SELECT name, state, attempts, started, ended, problem FROM step WHERE application = $1 AND customer = $2 AND run = $3 ORDER BY id",
            row => new JournalEntry(
                run, row.GetString(0), Enum.Parse<StepState>(row.GetString(1)), row.GetInt32(2), row.FindTime(3), row.FindTime(4),
                row.FindText(5)),
            application, customer, run), cancellation).ConfigureAwait(false);

    public Task WriteAsync(JournalEntry entry, CancellationToken cancellation) =>
        file.WriteAsync(session => session.Execute(
            """
            INSERT INTO step (application, customer, run, name, state, attempts, started, ended, problem) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (application, customer, run, name) DO UPDATE
            SET state = excluded.state, attempts = excluded.attempts, started = excluded.started, ended = excluded.ended, problem = excluded.problem
            """,
            application, customer, entry.Run, entry.Step, entry.State.ToString(), entry.Attempts,
            entry.Started?.Text(), entry.Ended?.Text(), entry.Problem), cancellation);
}
