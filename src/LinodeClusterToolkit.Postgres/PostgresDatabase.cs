using LinodeClusterToolkit.Sql;
using Npgsql;

namespace LinodeClusterToolkit.Postgres;

/// <summary>A database on a server, shared by processes of many machines.</summary>
internal sealed class PostgresDatabase : ISqlDatabase, ISqlEngine
{
    private const int MostReaders = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly PostgresAddress address;
    private readonly IReadOnlyList<SqlSchema> schemas;
    private readonly NpgsqlDataSource source;
    private readonly Lazy<SqlWriter> writer;
    private readonly SemaphoreSlim reading = new(MostReaders);
    private volatile bool brought;

    public PostgresDatabase(PostgresAddress address, CommitWatch? watch, params IReadOnlyList<SqlSchema> schemas)
    {
        (this.address, this.schemas) = (address, schemas);
        source = address.Connect();
        writer = new(() => new SqlWriter(this, watch));
    }

    public string Description => address.Description;

    /// <summary>How long a write or a read is tried again where the server is away or busy with another.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    public Task<T> WriteAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation) => writer.Value.WriteAsync(work, cancellation);

    public async Task<T> ReadAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await Task.Run(() => Read(work), cancellation).ConfigureAwait(false);
                }
                catch (NpgsqlException thrown) when (IsWorthAnotherTry(thrown, tries))
                {
                    await Task.Delay(Pause, cancellation).ConfigureAwait(false);
                }
                catch (NpgsqlException thrown)
                {
                    throw Explain(thrown);
                }
            }
        }
        finally
        {
            reading.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (writer.IsValueCreated)
        {
            await writer.Value.DisposeAsync().ConfigureAwait(false);
        }

        await source.DisposeAsync().ConfigureAwait(false);
        reading.Dispose();
    }

    public ISqlConnection Open()
    {
        var session = new PostgresSession(source.OpenConnection(), address.Schema);
        try
        {
            if (!brought)
            {
                Bring(session);
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public Exception Explain(Exception thrown) => thrown is NpgsqlException known ? PostgresProblems.From(address, known) : thrown;

    public bool IsWorthAnotherTry(Exception thrown, int tries) =>
        thrown is NpgsqlException known && PostgresProblems.PassesSoon(known) && tries < Patience / Pause;

    private T Read<T>(Func<ISqlSession, T> work)
    {
        using var session = Open();
        return work(session);
    }

    private void Bring(PostgresSession session)
    {
        if (session.Query("SELECT 1 FROM pg_namespace WHERE nspname = $1", _ => true, address.Schema).Count == 0)
        {
            session.Begin();
            session.TakeTurns("schema");
            session.Script($"CREATE SCHEMA IF NOT EXISTS \"{address.Schema}\"");
            session.Commit();
        }

        SqlSchema.Bring(session, Description, schemas);
        brought = true;
    }
}
