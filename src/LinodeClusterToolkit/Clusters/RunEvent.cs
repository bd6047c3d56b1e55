using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Something that happened in a run: what progress views, event files and workers share.</summary>
/// <remarks>Readers ignore types and members they do not know; minor additions keep the version.</remarks>
/// <param name="Sequence">From 1, without gaps within a run.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Run">Id of the run.</param>
/// <param name="Type">One of <see cref="RunEventTypes"/>.</param>
public sealed record RunEvent(long Sequence, DateTimeOffset At, string Run, string Type)
{
    /// <summary>Cluster.</summary>
    public string? Cluster { get; init; }

    /// <summary>Region id.</summary>
    public string? Region { get; init; }

    /// <summary>Group name.</summary>
    public string? Group { get; init; }

    /// <summary>Label of the node.</summary>
    public string? Node { get; init; }

    /// <summary>Name of the step.</summary>
    public string? Task { get; init; }

    /// <summary>What is going on in words, or the new state.</summary>
    public string? Text { get; init; }

    /// <summary>Which try.</summary>
    public int? Attempt { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long? Milliseconds { get; init; }

    /// <summary>Why it failed.</summary>
    public Problem? Error { get; init; }

    /// <summary>Shape of the run: on <see cref="RunEventTypes.RunStarted"/>.</summary>
    public RunShape? Shape { get; init; }

    /// <summary>How the run ended: on <see cref="RunEventTypes.RunSummary"/>.</summary>
    public RunSummary? Summary { get; init; }
}

/// <summary>The words used for <see cref="RunEvent.Type"/>.</summary>
public static class RunEventTypes
{
    /// <summary>First event of every run.</summary>
    public const string Hello = "hello";

    /// <summary>The plan's members and names are decided.</summary>
    public const string PlanResolved = "plan.resolved";

    /// <summary>Work begins.</summary>
    public const string RunStarted = "run.started";

    /// <summary>A step is ready to begin.</summary>
    public const string TaskQueued = "task.queued";

    /// <summary>A step has begun.</summary>
    public const string TaskStarted = "task.started";

    /// <summary>A step waits for the cloud or for its turn.</summary>
    public const string TaskWaiting = "task.waiting";

    /// <summary>A step failed and is tried again.</summary>
    public const string TaskRetrying = "task.retrying";

    /// <summary>A step ended well.</summary>
    public const string TaskFinished = "task.finished";

    /// <summary>A step failed for good.</summary>
    public const string TaskFailed = "task.failed";

    /// <summary>A step was not run since one before it failed.</summary>
    public const string TaskSkipped = "task.skipped";

    /// <summary>A node's state changed.</summary>
    public const string NodeState = "node.state";

    /// <summary>The cluster's state changed.</summary>
    public const string ClusterState = "cluster.state";

    /// <summary>Something worth saying.</summary>
    public const string Note = "note";

    /// <summary>Last event of every run.</summary>
    public const string RunSummary = "run.summary";
}

/// <summary>What a run is going to work on, so that a view can lay itself out.</summary>
/// <param name="Verb">create, delete, …</param>
/// <param name="Groups">Groups with their node counts.</param>
/// <param name="Steps">Number of steps with work.</param>
/// <param name="LeastTime">The bound: how long the run takes when only the cloud's limits and times count; null where unknown.</param>
public sealed record RunShape(string Verb, IReadOnlyList<GroupShape> Groups, int Steps, TimeSpan? LeastTime);

/// <summary>A group's part in a run.</summary>
public sealed record GroupShape(string Region, string Group, int Nodes);

/// <summary>How a run ended.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="Verb">create, delete, …</param>
/// <param name="Outcome">done, failed (some steps), or interrupted.</param>
/// <param name="Nodes">Nodes that were to be worked on.</param>
/// <param name="NodesDone">Nodes that got there.</param>
/// <param name="NodesFailed">Nodes a step failed for.</param>
/// <param name="StepsDone">Steps that ended well, in this run or before.</param>
/// <param name="Elapsed">Time taken.</param>
/// <param name="LeastTime">The bound printed before the run.</param>
/// <param name="CloudTime">The bound again, with the times the cloud really took in this run; null where unknown.</param>
/// <param name="Calls">API calls made.</param>
/// <param name="RateWaits">Calls that waited for a rate limit.</param>
/// <param name="HourlyCost">What the cluster costs now, USD an hour.</param>
/// <param name="Failures">Failed steps with their problems.</param>
public sealed record RunSummary(
    string Run, string Cluster, string Verb, string Outcome,
    int Nodes, int NodesDone, int NodesFailed, int StepsDone,
    TimeSpan Elapsed, TimeSpan? LeastTime, TimeSpan? CloudTime,
    long Calls, long RateWaits, decimal HourlyCost, IReadOnlyList<StepFailure> Failures)
{
    /// <summary>How long calls waited for a rate limit, in all; calls wait side by side.</summary>
    public TimeSpan RateWaited { get; init; }

    /// <summary>The run that took back what this one had made, where it was to do that on a failure.</summary>
    public RunSummary? RolledBack { get; init; }

    /// <summary>What a run that deletes has left, because it failed or because that was asked for.</summary>
    public IReadOnlyList<Remaining> Remains { get; init; } = [];

    /// <summary>Labels of nodes that were to get a new admin key and are still opened by their old one.</summary>
    public IReadOnlyList<string> KeysKept { get; init; } = [];
}

/// <summary>Something that still stands and costs.</summary>
/// <param name="Kind">node, volume, balancer, firewall or stackscript.</param>
/// <param name="Id">Its id in the cloud.</param>
/// <param name="Label">Its label.</param>
/// <param name="Region">Region id, where it has one.</param>
/// <param name="Hourly">What it costs, USD per hour.</param>
/// <param name="Monthly">The same per month.</param>
public sealed record Remaining(string Kind, long Id, string Label, string? Region, decimal Hourly, decimal Monthly);

/// <summary>A step that failed for good, with what it was about.</summary>
public sealed record StepFailure(string Step, string? Region, string? Group, string? Node, int Attempts, Problem Problem);
