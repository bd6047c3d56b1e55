using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tasks;

/// <summary>Runs the steps of a graph, each after what it comes after.</summary>
internal interface ITaskExecutor
{
    /// <summary>Its name in configuration, e.g. <c>parallel</c>.</summary>
    string Name { get; }

    /// <summary>Whether what is spent is told with each step, since other processes spend it.</summary>
    bool CountsByStep => false;

    /// <summary>Runs what the journal does not know as done; ends when nothing is left that could run.</summary>
    /// <param name="graph">The steps.</param>
    /// <param name="run">What the run works with.</param>
    /// <param name="cancellation">Cancelled: leave at once, without waiting for steps under way; the run stays resumable.</param>
    /// <exception cref="LinodeToolkitException">The journal cannot be written: nothing new is started without it.</exception>
    Task<RunOutcome> RunAsync(TaskGraph graph, TaskRun run, CancellationToken cancellation);
}

/// <summary>What a run works with.</summary>
/// <param name="Id">Id of the run; the same id again resumes it.</param>
/// <param name="Journal">Remembers what began and ended.</param>
/// <param name="Observer">Sees what happens.</param>
/// <param name="Time">The clock.</param>
/// <param name="Stop">Cancelled: start nothing new, let steps under way end.</param>
/// <param name="Retries">How often a step is tried.</param>
/// <param name="StopOnFailure">True starts nothing new once a step failed for good; false lets everything go on that does not hang on it.</param>
internal sealed record TaskRun(
    string Id, ITaskJournal Journal, ITaskObserver Observer, TimeProvider Time, CancellationToken Stop, RetryBudget Retries, bool StopOnFailure)
{
    /// <summary>Whether a failure may go away by itself, so that another try makes sense; by default what its problem says.</summary>
    public Func<Exception, bool> IsTransient { get; init; } = static thrown => thrown is LinodeToolkitException { Problem.Retryable: true };

    /// <summary>Throws where this run may not work any more; asked before every try of a step.</summary>
    public Func<Task> Demand { get; init; } = static () => Task.CompletedTask;

    /// <summary>What another process needs to draw the same graph, as text; asked for where steps are handed to others.</summary>
    public Func<string> Describe { get; init; } = static () => "";

    /// <summary>Names of the failed steps to try again; null for all.</summary>
    public IReadOnlySet<string>? Again { get; init; }

    /// <summary>Whether a step that failed before is to be left alone.</summary>
    public bool IsLeft(string step) => Again?.Contains(step) == false;
}

/// <summary>How often a step is tried before it fails for good, and how long it pauses in between: exponential, with jitter.</summary>
/// <param name="Tries">Tries in all, from 1.</param>
/// <param name="FirstDelay">About the pause after the first try.</param>
/// <param name="LongestDelay">No pause is longer.</param>
internal sealed record RetryBudget(int Tries, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    /// <summary>Six tries, from about two seconds to a minute apart.</summary>
    public static RetryBudget Default { get; } = new(6, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    /// <summary>One try.</summary>
    public static RetryBudget None { get; } = new(1, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Source of jitter: numbers from 0 to 1.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}
