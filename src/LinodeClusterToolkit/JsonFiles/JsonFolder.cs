using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>A private folder of text files that change together, shared by components and by processes: made with its first use.</summary>
internal sealed class JsonFolder : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lazy<FolderWriter> writer;
    private readonly Lazy<FolderEngine> engine;
    private FileCache cache;

    /// <param name="path">The folder.</param>
    public JsonFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        cache = new(Path);
        engine = new(Open, LazyThreadSafetyMode.PublicationOnly);
        writer = new(() => new FolderWriter(CommitAsync, isWatched: Watch is not null));
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>How long to wait for other processes.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Stands at every commit; null for nobody.</summary>
    public CommitWatch? Watch { get; init; }

    /// <summary>Told before each change on the disk; a test lets the process end there.</summary>
    public Action<string>? Step { get; init; }

    /// <summary>Writes; durable when the task ends. Writes that come at the same time share a commit.</summary>
    public Task<T> WriteAsync<T>(Func<FileTransaction, T> work, CancellationToken cancellation) => writer.Value.WriteAsync(work, cancellation);

    /// <summary>Reads what is committed, all of one moment.</summary>
    public async Task<T> ReadAsync<T>(Func<FileView, T> work, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                async () =>
                {
                    using var held = await EnterAsync(alone: false, cancellation).ConfigureAwait(false);
                    return work(new(Path, cache));
                },
                cancellation).ConfigureAwait(false);
        }
        catch (Exception thrown) when (IsOfTheSystem(thrown))
        {
            throw JsonProblems.From(Path, thrown);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (writer.IsValueCreated)
        {
            await writer.Value.DisposeAsync().ConfigureAwait(false);
        }

        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (writer.IsValueCreated && engine.IsValueCreated)
            {
                using var held = await EnterAsync(alone: true, CancellationToken.None).ConfigureAwait(false);
                engine.Value.Flush();
            }
        }
        catch (Exception thrown) when (IsOfTheSystem(thrown) || thrown is LinodeToolkitException)
        {
            // Everything is in the log, and whoever comes next can do it.
        }
        finally
        {
            turn.Dispose();
        }
    }

    private async Task CommitAsync(IReadOnlyList<PendingWrite> batch)
    {
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            using var held = await EnterAsync(alone: true, CancellationToken.None).ConfigureAwait(false);
            var transaction = new FileTransaction(new(Path, cache));
            foreach (var write in batch)
            {
                RunAlone(transaction, write);
            }

            await MakeAsync(transaction).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            // It may hold what never came to be.
            cache = new(Path);
            if (IsOfTheSystem(thrown))
            {
                throw JsonProblems.From(Path, thrown);
            }

            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task MakeAsync(FileTransaction transaction)
    {
        var changes = transaction.Changes();
        engine.Value.Prepare(changes);
        try
        {
            await (Watch?.Before() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch
        {
            engine.Value.Abandon(changes);
            throw;
        }

        if (changes.Count > 0)
        {
            var values = transaction.Values();
            engine.Value.Decide(changes);
            engine.Value.Apply(changes);
            cache.Own(engine.Value.Generation);
            values.ForEach(value => cache.Keep(value.Path, value.Value));
        }

        await (Watch?.After() ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <summary>One write that fails takes nothing of the others with it.</summary>
    private void RunAlone(FileTransaction transaction, PendingWrite write)
    {
        var mark = transaction.Mark();
        try
        {
            write.Run(transaction);
        }
        catch (Exception thrown)
        {
            transaction.BackTo(mark);
            write.Fail(IsOfTheSystem(thrown) ? JsonProblems.From(Path, thrown) : thrown);
        }
    }

    /// <summary>Takes the lock of files that are whole.</summary>
    private async Task<IDisposable> EnterAsync(bool alone, CancellationToken cancellation)
    {
        var gate = new FolderLock(Path, System.IO.Path.Combine(Path, FolderEngine.Own), LockWait);
        while (true)
        {
            var open = engine.Value;
            var held = await gate.TakeAsync(alone, cancellation).ConfigureAwait(false);
            try
            {
                if (open.IsReady())
                {
                    cache.See(open.Generation);
                    return held;
                }

                held.Dispose();
                held = await gate.TakeAsync(alone: true, cancellation).ConfigureAwait(false);
                open.MakeReady();
                held.Dispose();
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
    }

    private FolderEngine Open()
    {
        var made = new FolderEngine(Path, new FolderDisk(Path, Step));
        made.Birth();
        return made;
    }

    private static bool IsOfTheSystem(Exception thrown) => thrown is IOException or UnauthorizedAccessException;
}
