namespace LinodeClusterToolkit.Clusters;

/// <summary>Who watches a run, and what ends it before its time.</summary>
/// <param name="Observer">Gets every event, or null.</param>
/// <param name="Stop">Cancelled: start nothing new, let calls finish.</param>
/// <param name="Leave">Cancelled: leave at once.</param>
internal sealed record RunCall(IRunObserver? Observer, CancellationToken Stop, CancellationToken Leave);

/// <summary>On what terms a run goes on.</summary>
/// <param name="Demand">Throws where it may not work any more.</param>
/// <param name="Again">Failed steps to try again; null for all.</param>
/// <param name="Stop">Cancelled: start nothing new, let calls finish.</param>
/// <param name="Leave">Cancelled: leave at once.</param>
internal sealed record RunTerms(Func<Task> Demand, IReadOnlySet<string>? Again, CancellationToken Stop, CancellationToken Leave);
