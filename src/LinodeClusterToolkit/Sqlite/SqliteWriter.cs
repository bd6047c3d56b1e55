using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace LinodeClusterToolkit.Sqlite;

/// <summary>The one writer of a file: whatever waits is written in one transaction, and everybody's task ends after its commit.</summary>
/// <remarks>So a commit's cost, a flush to the disk, is shared by all steps that wait for it, and none is told "durable" too early.</remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostInOneCommit = 2000;
    private readonly Channel<Write> queue = Channel.CreateUnbounded<Write>(new() { SingleReader = true });
    private readonly string path;
    private readonly Func<SqliteSession> open;
    private readonly CommitWatch? watch;
    private readonly int most;
    private readonly Task loop;
    private SqliteSession? session;

    public SqliteWriter(string path, Func<SqliteSession> open, CommitWatch? watch)
    {
        (this.path, this.open, this.watch) = (path, open, watch);

        // Who watches wants to stand between any two writes, however they come.
        most = watch is null ? MostInOneCommit : 1;
        loop = Task.Run(WriteAllAsync);
    }

    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation)
    {
        var write = new Write<T>(work, cancellation);
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(write), this);
        return write.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop.ConfigureAwait(false);
        session?.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Write>();
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < most && queue.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            try
            {
                session ??= open();
                await CommitAsync(session, batch).ConfigureAwait(false);
            }
            catch (Exception thrown)
            {
                var failure = thrown is SqliteException known ? SqliteProblems.From(path, known) : thrown;
                batch.ForEach(write => write.Fail(failure));
            }

            batch.Clear();
        }
    }

    private async Task CommitAsync(SqliteSession to, List<Write> batch)
    {
        try
        {
            to.Execute("BEGIN IMMEDIATE");
            batch.ForEach(write => RunAlone(to, write));
            await (watch?.Before() ?? Task.CompletedTask).ConfigureAwait(false);
            to.Execute("COMMIT");
            await (watch?.After() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch when (to.InTransaction)
        {
            to.Execute("ROLLBACK");
            throw;
        }

        batch.ForEach(write => write.Complete());
    }

    /// <summary>One write that fails takes nothing of the others with it, unless SQLite gave up the whole transaction.</summary>
    private void RunAlone(SqliteSession to, Write write)
    {
        to.Execute("SAVEPOINT one");
        try
        {
            write.Run(to);
        }
        catch (Exception thrown) when (to.InTransaction)
        {
            to.Execute("ROLLBACK TO one");
            write.Fail(thrown is SqliteException known ? SqliteProblems.From(path, known) : thrown);
        }

        to.Execute("RELEASE one");
    }

    private abstract class Write
    {
        public abstract void Run(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception thrown);
    }

    private sealed class Write<T>(Func<SqliteSession, T> work, CancellationToken cancellation) : Write
    {
        private readonly TaskCompletionSource<T> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Task => end.Task;

        public override void Run(SqliteSession session)
        {
            cancellation.ThrowIfCancellationRequested();
            result = work(session);
        }

        public override void Complete() => end.TrySetResult(result!);

        public override void Fail(Exception thrown)
        {
            if (thrown is OperationCanceledException)
            {
                end.TrySetCanceled(cancellation);
            }

            end.TrySetException(thrown);
        }
    }
}
