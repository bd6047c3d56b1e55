using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>Something worth saying of a worker.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">
/// Stable word: started, broker-lost, broker-back, database-lost, database-back, run-started, run-ended, run-paused, run-lost,
/// step-failed, freed, unreadable, bug, draining, drained, lost.
/// </param>
/// <param name="Text">For people, one line.</param>
public sealed record WorkerNotice(DateTimeOffset At, string Kind, string Text)
{
    /// <summary>Customer it is about, where it is about one.</summary>
    public string? Customer { get; init; }

    /// <summary>Run it is about.</summary>
    public string? Run { get; init; }

    /// <summary>Step it is about.</summary>
    public string? Step { get; init; }

    /// <summary>What went wrong.</summary>
    public Problem? Problem { get; init; }
}
