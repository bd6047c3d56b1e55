using System.Threading.Channels;

namespace LinodeClusterToolkit.Sql;

/// <summary>A process's one writer to a database: whatever waits is written in one transaction, and everybody's task ends after its commit.</summary>
/// <remarks>So a commit's cost, a flush to the disk, is shared by all steps that wait for it, and none is told "durable" too early.</remarks>
internal sealed class SqlWriter : IAsyncDisposable
{
    private const int MostInOneCommit = 2000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Channel<Write> queue = Channel.CreateUnbounded<Write>(new() { SingleReader = true });
    private readonly ISqlEngine engine;
    private readonly CommitWatch? watch;
    private readonly int most;
    private readonly Task loop;
    private ISqlConnection? session;

    public SqlWriter(ISqlEngine engine, CommitWatch? watch)
    {
        (this.engine, this.watch) = (engine, watch);

        // Who watches wants to stand between any two writes, however they come.
        most = watch is null ? MostInOneCommit : 1;
        loop = Task.Run(WriteAllAsync);
    }

    public Task<T> WriteAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation)
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

            for (var tries = 1; await TryAsync(batch, tries).ConfigureAwait(false) is false; tries++)
            {
                session?.Dispose();
                session = null;
                await Task.Delay(Pause).ConfigureAwait(false);
            }

            batch.Clear();
        }
    }

    /// <summary>Writes a batch, or says what became of it; false where it is to be played again.</summary>
    private async Task<bool> TryAsync(List<Write> batch, int tries)
    {
        try
        {
            session ??= engine.Open();
            await CommitAsync(session, batch, tries).ConfigureAwait(false);
        }
        catch (Exception thrown) when (engine.IsWorthAnotherTry(thrown, tries))
        {
            return false;
        }
        catch (Exception thrown)
        {
            var failure = engine.Explain(thrown);
            batch.ForEach(write => write.Fail(failure));
        }

        return true;
    }

    private async Task CommitAsync(ISqlConnection to, List<Write> batch, int tries)
    {
        try
        {
            to.Begin();
            batch.ForEach(write => RunAlone(to, write, tries));
            await (watch?.Before() ?? Task.CompletedTask).ConfigureAwait(false);
            to.Commit();
            await (watch?.After() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch when (to.InTransaction)
        {
            to.RollBack();
            throw;
        }

        batch.ForEach(write => write.Complete());
    }

    /// <summary>One write that fails takes nothing of the others with it, unless the database gave up the whole transaction.</summary>
    private void RunAlone(ISqlConnection to, Write write, int tries)
    {
        to.Send("SAVEPOINT one");
        try
        {
            write.Run(to);
            to.Settle();
        }
        catch (Exception thrown) when (to.InTransaction && !engine.IsWorthAnotherTry(thrown, tries))
        {
            to.Execute("ROLLBACK TO SAVEPOINT one");
            write.Fail(engine.Explain(thrown));
        }

        to.Send("RELEASE SAVEPOINT one");
    }

    private abstract class Write
    {
        public abstract void Run(ISqlSession session);

        public abstract void Complete();

        public abstract void Fail(Exception thrown);
    }

    private sealed class Write<T>(Func<ISqlSession, T> work, CancellationToken cancellation) : Write
    {
        private readonly TaskCompletionSource<T> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Task => end.Task;

        public override void Run(ISqlSession session)
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
