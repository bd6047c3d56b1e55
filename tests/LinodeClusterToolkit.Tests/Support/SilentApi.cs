namespace LinodeClusterToolkit.Tests.Support;

/// <summary>Takes requests and never answers.</summary>
public sealed class SilentApi : HttpMessageHandler
{
    private TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count;

    public int Asked => Volatile.Read(ref count);

    public Task UntilAskedAsync() => asked.Task;

    /// <summary>Moves through the pauses between tries until the next one is under way.</summary>
    public Task UntilAskedAgainAsync(ManualTime time) => time.DriveAsync(asked.Task);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref count);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = cancellationToken.Register(() =>
        {
            asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            ended.SetResult();
        });
        asked.TrySetResult();
        await ended.Task;
        throw new OperationCanceledException(cancellationToken);
    }
}
