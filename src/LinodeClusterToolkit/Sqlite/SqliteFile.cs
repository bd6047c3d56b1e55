using LinodeClusterToolkit.Security;
using Microsoft.Data.Sqlite;

namespace LinodeClusterToolkit.Sqlite;

/// <summary>A private database file shared by components, and by processes: opened with its first use, safe to use from any thread.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private readonly IReadOnlyList<SqliteSchema> schemas;
    private readonly SemaphoreSlim reading = new(1);
    private readonly Lazy<SqliteWriter> writer;
    private readonly Lazy<SqliteSession> reader;

    /// <param name="path">The file; made, with its folder, where it is missing.</param>
    /// <param name="schemas">The tables of every component that uses it.</param>
    public SqliteFile(string path, params IReadOnlyList<SqliteSchema> schemas)
    {
        (Path, this.schemas) = (System.IO.Path.GetFullPath(path), schemas);

        // One that failed to open is tried again by the next use, since its cause may be gone then.
        reader = new(Open, LazyThreadSafetyMode.PublicationOnly);
        writer = new(() => new SqliteWriter(Path, Open, Watch));
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>How long a write waits for other processes' writes.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Stands at every commit; null for nobody.</summary>
    public CommitWatch? Watch { get; init; }

    /// <summary>Writes; durable when the task ends. Writes that come at the same time share a commit.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation) => writer.Value.WriteAsync(work, cancellation);

    /// <summary>Reads what is committed, beside any writing.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => work(reader.Value), cancellation).ConfigureAwait(false);
        }
        catch (SqliteException thrown)
        {
            throw SqliteProblems.From(Path, thrown);
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

        await reading.WaitAsync().ConfigureAwait(false);
        if (reader.IsValueCreated)
        {
            reader.Value.Dispose();
        }

        reading.Dispose();
    }

    private SqliteSession Open()
    {
        PrivateFiles.EnsureFolder(System.IO.Path.GetDirectoryName(Path)!);
        PrivateFiles.EnsureFile(Path);
        var session = new SqliteSession(Path, LockWait);
        try
        {
            SqliteSchema.Bring(session, Path, schemas);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
