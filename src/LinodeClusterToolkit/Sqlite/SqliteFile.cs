using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Sql;
using Microsoft.Data.Sqlite;

namespace LinodeClusterToolkit.Sqlite;

/// <summary>A private database file shared by components, and by processes: opened with its first use, safe to use from any thread.</summary>
internal sealed class SqliteFile : ISqlDatabase, ISqlEngine
{
    private readonly IReadOnlyList<SqlSchema> schemas;
    private readonly SemaphoreSlim reading = new(1);
    private readonly Lazy<SqlWriter> writer;
    private readonly Lazy<SqliteSession> reader;
    private volatile bool sound;

    /// <param name="path">The file; made, with its folder, where it is missing; refused where it is empty or damaged.</param>
    /// <param name="schemas">The tables of every component that uses it.</param>
    public SqliteFile(string path, params IReadOnlyList<SqlSchema> schemas)
    {
        (Path, this.schemas) = (System.IO.Path.GetFullPath(path), schemas);

        // One that failed to open is tried again by the next use, since its cause may be gone then.
        reader = new(Open, LazyThreadSafetyMode.PublicationOnly);
        writer = new(() => new SqlWriter(this, Watch));
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>How long a write waits for other processes' writes.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Stands at every commit; null for nobody.</summary>
    public CommitWatch? Watch { get; init; }

    public string Description => Path;

    /// <summary>Writes; durable when the task ends. Writes that come at the same time share a commit.</summary>
    public Task<T> WriteAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation) => writer.Value.WriteAsync(work, cancellation);

    /// <summary>Reads what is committed, beside any writing.</summary>
    public async Task<T> ReadAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation)
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

    ISqlConnection ISqlEngine.Open() => Open();

    Exception ISqlEngine.Explain(Exception thrown) => thrown is SqliteException known ? SqliteProblems.From(Path, known) : thrown;

    // It waits for other writers by itself, and what else fails fails again.
    bool ISqlEngine.IsWorthAnotherTry(Exception thrown, int tries) => false;

    private SqliteSession Open()
    {
        PrivateFiles.EnsureFolder(System.IO.Path.GetDirectoryName(Path)!);
        if (!File.Exists(Path))
        {
            RefuseWidowed();
            SqliteBirth.Make(Path, LockWait, schemas);
        }

        PrivateFiles.RefuseUnsafe(Path);
        RefuseEmpty();
        var session = new SqliteSession(Path, LockWait);
        try
        {
            RefuseDamaged(session);
            SqlSchema.Bring(session, Path, schemas);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // SQLite would write what an old log holds into the new file.
    private void RefuseWidowed()
    {
        // Asked in this order: where another process makes the file just now, it comes before its log.
        if (new FileInfo(Path + "-wal") is { Exists: true, Length: > 0 } && !File.Exists(Path))
        {
            throw new LinodeToolkitException(SqliteProblems.Widowed(Path));
        }
    }

    // SQLite would take it for a new database, and throw away what its log may still hold.
    private void RefuseEmpty()
    {
        if (new FileInfo(Path).Length == 0)
        {
            throw new LinodeToolkitException(SqliteProblems.Empty(Path));
        }
    }

    /// <summary>Looks at every page before the first write: SQLite itself notices a broken one when it comes to it, amid a run.</summary>
    private void RefuseDamaged(SqliteSession session)
    {
        if (!sound && session.Query("PRAGMA quick_check(1)", row => row.GetString(0)) is [not "ok" and var found, ..])
        {
            throw new LinodeToolkitException(SqliteProblems.Damaged(Path, found));
        }

        sound = true;
    }
}
