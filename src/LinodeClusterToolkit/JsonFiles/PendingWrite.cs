namespace LinodeClusterToolkit.JsonFiles;

/// <summary>A write that waits for its turn.</summary>
internal abstract class PendingWrite
{
    public abstract void Run(FileTransaction transaction);

    public abstract void Complete();

    public abstract void Fail(Exception thrown);
}

/// <summary>One that gives something back.</summary>
internal sealed class PendingWrite<T>(Func<FileTransaction, T> work, CancellationToken cancellation) : PendingWrite
{
    private readonly TaskCompletionSource<T> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Task => end.Task;

    public override void Run(FileTransaction transaction)
    {
        cancellation.ThrowIfCancellationRequested();
        result = work(transaction);
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
