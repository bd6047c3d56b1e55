using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tasks;

/// <summary>How a run ended.</summary>
internal enum RunEnding
{
    /// <summary>Every step ended well.</summary>
    Done,

    /// <summary>At least one step failed for good.</summary>
    Failed,

    /// <summary>It was stopped with work left; the same run can be resumed.</summary>
    Interrupted,
}

/// <summary>What became of a step.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="State">Waiting where it never began, Started where it was left unfinished.</param>
/// <param name="Attempts">How often it was begun, earlier runs included.</param>
/// <param name="Started">When it first began, UTC; null where it never did.</param>
/// <param name="Ended">When it ended, UTC.</param>
/// <param name="Problem">Why it failed or was skipped.</param>
internal sealed record StepOutcome(
    string Name, StepState State, int Attempts, DateTimeOffset? Started, DateTimeOffset? Ended, Problem? Problem)
{
    /// <summary>What it has spent in this run, where that was counted elsewhere.</summary>
    public Spent Spent { get; init; }
}

/// <summary>What became of a run.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Steps">Every step, in the order of the graph.</param>
/// <param name="Elapsed">Time taken.</param>
internal sealed record RunOutcome(string Run, RunEnding Ending, IReadOnlyList<StepOutcome> Steps, TimeSpan Elapsed)
{
    /// <summary>How many steps are in that state, milestones included.</summary>
    public int Count(StepState state) => Steps.Count(step => step.State == state);

    /// <summary>Steps that failed for good, in the order of the graph.</summary>
    public IEnumerable<StepOutcome> Failures => Steps.Where(step => step.State == StepState.Failed);
}
