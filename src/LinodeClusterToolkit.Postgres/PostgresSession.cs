using System.Data;
using System.Data.Common;
using LinodeClusterToolkit.Sql;
using Npgsql;

namespace LinodeClusterToolkit.Postgres;

/// <summary>A connection; used by one thread at a time.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, string schema) : ISqlConnection
{
    // Statements that travel together; many at once would be many answers to hold.
    private const int MostTogether = 200;
    private readonly List<NpgsqlBatchCommand> waiting = [];
    private readonly HashSet<string> turns = new(StringComparer.Ordinal);
    private bool inTransaction;

    public bool InTransaction => inTransaction && connection.FullState.HasFlag(ConnectionState.Open);

    // Others that come to the same rows wait until this transaction has ended.
    public string ToKeep => " FOR UPDATE";

    public void TakeTurns(string about)
    {
        if (turns.Add(about))
        {
            Query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0)) IS NULL", _ => true, $"{schema}: {about}");
        }
    }

    public void Begin()
    {
        turns.Clear();
        Send("BEGIN");
        inTransaction = true;
    }

    public void Commit()
    {
        Execute("COMMIT");
        inTransaction = false;
    }

    public void RollBack()
    {
        waiting.Clear();
        inTransaction = false;
        Execute("ROLLBACK");
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        Settle();
        using var command = new NpgsqlCommand(sql, connection);
        Fill(command.Parameters, values);
        return command.ExecuteNonQuery();
    }

    public void Send(string sql, params ReadOnlySpan<object?> values)
    {
        waiting.Add(Made(sql, values));
        if (waiting.Count >= MostTogether)
        {
            Settle();
        }
    }

    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Settle();
        using var command = new NpgsqlCommand(sql, connection);
        Fill(command.Parameters, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    // It would do so by itself, up to a minute later.
    public void HasGrown(string tables) => Send($"ANALYZE {tables}");

    public List<T> QueryEach<T>(string sql, Func<DbDataReader, T> read, IEnumerable<object?[]> sets)
    {
        Settle();
        var rows = new List<T>();
        foreach (var some in sets.Chunk(MostTogether))
        {
            using var batch = new NpgsqlBatch(connection);
            foreach (var values in some)
            {
                batch.BatchCommands.Add(Made(sql, values));
            }

            using var reader = batch.ExecuteReader();
            do
            {
                while (reader.Read())
                {
                    rows.Add(read(reader));
                }
            }
            while (reader.NextResult());
        }

        return rows;
    }

    public void Settle()
    {
        if (waiting.Count == 0)
        {
            return;
        }

        using var batch = new NpgsqlBatch(connection);
        foreach (var command in waiting)
        {
            batch.BatchCommands.Add(command);
        }

        waiting.Clear();
        batch.ExecuteNonQuery();
    }

    public void Script(string sql)
    {
        Settle();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public bool HasTable(string name) =>
        Query("SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = $2", _ => true, schema, name).Count > 0;

    public void Dispose() => connection.Dispose();

    private static NpgsqlBatchCommand Made(string sql, ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        Fill(command.Parameters, values);
        return command;
    }

    private static void Fill(NpgsqlParameterCollection parameters, ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
    }
}
