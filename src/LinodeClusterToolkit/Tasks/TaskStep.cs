namespace LinodeClusterToolkit.Tasks;

/// <summary>One piece of work with a name; run twice it does no harm.</summary>
/// <param name="Name">Unique in its graph and stable between runs: its address in journal, retry and queue.</param>
/// <param name="Work">What it does; null for a milestone, which only gathers others.</param>
internal sealed record TaskStep(string Name, Func<StepContext, CancellationToken, Task>? Work = null)
{
    /// <summary>Names of steps and milestones that must be done first.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Names of steps and milestones that wait for this one.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>How many of the steps it comes after must succeed; null for all. A barrier with a minimum is released by that many.</summary>
    public int? AtLeast { get; init; }

    /// <summary>What it is about; for progress, never for logic.</summary>
    public StepSubject Subject { get; init; } = StepSubject.None;

    /// <summary>What it costs: rate limits it draws on and time the cloud takes; feeds the order of work and the least time.</summary>
    public StepCost Cost { get; init; } = StepCost.None;

    /// <summary>What it is doing, in words for people, e.g. <c>booting</c>.</summary>
    public string Doing { get; init; } = "";
}

/// <summary>What a step is about, so that progress can be shown by region and group.</summary>
internal sealed record StepSubject(string? Region, string? Group, string? Node)
{
    /// <summary>About nothing in particular.</summary>
    public static StepSubject None { get; } = new(null, null, null);
}

/// <summary>What a step costs.</summary>
/// <param name="Calls">Rate limits it draws one permit from, by name; one entry a call.</param>
/// <param name="Seconds">Time the cloud takes after the calls, at the slow end of what is known.</param>
internal sealed record StepCost(IReadOnlyList<string> Calls, double Seconds)
{
    /// <summary>Free.</summary>
    public static StepCost None { get; } = new([], 0);
}

/// <summary>What a running step knows of its own history.</summary>
/// <param name="StartedBefore">True where an earlier try or run began it and did not end it well: look for its effect first.</param>
/// <param name="Attempt">From 1, in this run.</param>
/// <param name="Note">Tells the progress what the step is waiting for.</param>
internal sealed record StepContext(bool StartedBefore, int Attempt, Action<string> Note)
{
    /// <summary>How long ago an earlier process began it, and did not end it; zero where that is not known, null where none did.</summary>
    /// <remarks>What that process sent may still be under way.</remarks>
    public TimeSpan? BegunAgo { get; init; }

    /// <summary>Cancelled when the run is to stop: a long wait may be given up then and is resumed later; a call is let finish.</summary>
    public CancellationToken Stopping { get; init; }
}
