using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tasks;

/// <summary>Sees what becomes of the steps of a run; called once at a time, from any thread, and must return quickly.</summary>
/// <remarks>A milestone is silent unless it fails or is skipped.</remarks>
internal interface ITaskObserver
{
    /// <summary>The journal says it ended well in an earlier run; it is not run again.</summary>
    void AlreadyDone(TaskStep step);

    /// <summary>It may begin.</summary>
    void Queued(TaskStep step);

    /// <summary>It begins; <paramref name="attempt"/> counts from 1 in this run.</summary>
    void Started(TaskStep step, int attempt);

    /// <summary>It says what it waits for.</summary>
    void Waiting(TaskStep step, string note);

    /// <summary>It failed and begins its <paramref name="attempt"/>th try after <paramref name="delay"/>.</summary>
    void Retrying(TaskStep step, int attempt, TimeSpan delay, Problem problem);

    /// <summary>It ended well, <paramref name="took"/> after its first try of this run began.</summary>
    void Finished(TaskStep step, int attempts, TimeSpan took);

    /// <summary>It failed for good.</summary>
    void Failed(TaskStep step, int attempts, TimeSpan took, Problem problem);

    /// <summary>It is not run, since <paramref name="because"/>, which it hangs on, failed.</summary>
    void Skipped(TaskStep step, string because);
}

/// <summary>Lets an observer be called by one thread at a time.</summary>
internal sealed class OneAtATime(ITaskObserver inner)
{
    private readonly Lock gate = new();

    public void Tell(Action<ITaskObserver> what)
    {
        lock (gate)
        {
            what(inner);
        }
    }
}
