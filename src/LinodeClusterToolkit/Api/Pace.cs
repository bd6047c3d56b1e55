namespace LinodeClusterToolkit.Api;

/// <summary>Keeps beats apart however often somebody starts and stops: many short waits must not poll faster than one long one.</summary>
internal sealed class Pace(TimeSpan interval, TimeProvider time)
{
    private readonly Lock gate = new();
    private long? last;

    /// <summary>Starts a beat.</summary>
    public void Beat()
    {
        lock (gate)
        {
            last = time.GetTimestamp();
        }
    }

    /// <summary>Ends when the next beat may start.</summary>
    public Task NextAsync(CancellationToken stop)
    {
        lock (gate)
        {
            var left = last is { } beat ? interval - time.GetElapsedTime(beat) : TimeSpan.Zero;
            return left > TimeSpan.Zero ? Task.Delay(left, time, stop) : Task.CompletedTask;
        }
    }
}
