using System.Threading.Channels;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>A process's one writer to a folder: whatever waits is written in one commit, and everybody's task ends after it.</summary>
/// <remarks>So a commit's cost, a flush to the disk, is shared by all steps that wait for it, and none is told "durable" too early.</remarks>
internal sealed class FolderWriter : IAsyncDisposable
{
    private const int MostInOneCommit = 2000;
    private readonly Channel<PendingWrite> queue = Channel.CreateUnbounded<PendingWrite>(new() { SingleReader = true });
    private readonly Func<IReadOnlyList<PendingWrite>, Task> commit;
    private readonly int most;
    private readonly Task loop;

    /// <param name="commit">Runs writes and makes what they change durable; what fails alone it has failed itself.</param>
    /// <param name="isWatched">Whether somebody wants to stand between any two writes, however they come.</param>
    public FolderWriter(Func<IReadOnlyList<PendingWrite>, Task> commit, bool isWatched)
    {
        (this.commit, most) = (commit, isWatched ? 1 : MostInOneCommit);
        loop = Task.Run(WriteAllAsync);
    }

    public Task<T> WriteAsync<T>(Func<FileTransaction, T> work, CancellationToken cancellation)
    {
        var write = new PendingWrite<T>(work, cancellation);
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(write), this);
        return write.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop.ConfigureAwait(false);
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<PendingWrite>();
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < most && queue.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            try
            {
                await commit(batch).ConfigureAwait(false);
                batch.ForEach(write => write.Complete());
            }
            catch (Exception thrown)
            {
                batch.ForEach(write => write.Fail(thrown));
            }

            batch.Clear();
        }
    }
}
