using System.Collections.Concurrent;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

/// <summary>Remembers what it was told, a line each.</summary>
internal sealed class Recorder : ITaskObserver
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public void AlreadyDone(TaskStep step) => lines.Enqueue($"already done {step.Name}");

    public void Queued(TaskStep step) => lines.Enqueue($"queued {step.Name}");

    public void Started(TaskStep step, int attempt) => lines.Enqueue($"started {step.Name} {attempt}");

    public void Waiting(TaskStep step, string note) => lines.Enqueue($"waiting {step.Name}: {note}");

    public void Retrying(TaskStep step, int attempt, TimeSpan delay, Problem problem) =>
        lines.Enqueue($"retrying {step.Name} {attempt} in {delay.TotalSeconds:0.#} s: {problem.Code}");

    public void Finished(TaskStep step, int attempts, TimeSpan took) => lines.Enqueue($"finished {step.Name} in {took.TotalSeconds:0.#} s");

    public void Failed(TaskStep step, int attempts, TimeSpan took, Problem problem) =>
        lines.Enqueue($"failed {step.Name} {attempts}: {problem.Code}");

    public void Skipped(TaskStep step, string because) => lines.Enqueue($"skipped {step.Name}: {because}");
}

/// <summary>A clock on which every pause is over at once and moves the time by its length.</summary>
internal sealed class SkippingTime : TimeProvider
{
    // Nobody pauses for so long: it ends what is stuck, and would end everything if it came at once.
    private static readonly TimeSpan LeastDeadline = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= LeastDeadline)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        lock (gate)
        {
            now += dueTime > TimeSpan.Zero ? dueTime : TimeSpan.Zero;
        }

        return System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>A clock that stands still, so that a pause lasts until it is cancelled; tells when one begins.</summary>
internal sealed class FrozenTime : TimeProvider
{
    private readonly TaskCompletionSource paused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Paused => paused.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        paused.TrySetResult();
        return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
