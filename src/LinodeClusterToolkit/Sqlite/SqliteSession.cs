using System.Data.Common;
using LinodeClusterToolkit.Sql;
using Microsoft.Data.Sqlite;

namespace LinodeClusterToolkit.Sqlite;

/// <summary>An open connection that keeps its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteSession : ISqlConnection
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    static SqliteSession() => SQLitePCL.Batteries_V2.Init();

    /// <param name="path">The file; it must exist.</param>
    /// <param name="lockWait">How long to wait for other writers.</param>
    public SqliteSession(string path, TimeSpan lockWait)
    {
        // SQLite's own busy handler does the waiting; the provider's retry loop on top would multiply it.
        connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            Script($"PRAGMA busy_timeout={(long)lockWait.TotalMilliseconds}");
            Script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    // Writers take turns: a transaction that is going to write has the file to itself.
    public string ToKeep => "";

    public void TakeTurns(string about)
    {
    }

    public void Begin() => Execute("BEGIN IMMEDIATE");

    public void Commit() => Execute("COMMIT");

    public void RollBack() => Execute("ROLLBACK");

    public bool HasTable(string name) => Query("SELECT 1 FROM sqlite_master WHERE name = $1", _ => true, name).Count > 0;

    public void Send(string sql, params ReadOnlySpan<object?> values) => Execute(sql, values);

    public void Settle()
    {
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    public void Script(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    // Its ways are said by the statements themselves.
    public void HasGrown(string tables)
    {
    }

    public List<T> QueryEach<T>(string sql, Func<DbDataReader, T> read, IEnumerable<object?[]> sets) =>
        [.. sets.SelectMany(values => Query(sql, read, values))];

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            prepared.Add(sql, command = connection.CreateCommand());
            command.CommandText = sql;
            for (var at = 1; at <= values.Length; at++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${at}" });
            }
        }

        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        }

        return command;
    }
}
