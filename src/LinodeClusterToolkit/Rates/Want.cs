namespace LinodeClusterToolkit.Rates;

/// <summary>How many calls of a run wait in one process.</summary>
/// <param name="Run">Id of the run; empty where there is none.</param>
/// <param name="Process">The process.</param>
/// <param name="Waiting">How many wait.</param>
/// <param name="Since">When the one began to wait that waits the longest.</param>
/// <param name="Turn">How many turns the run has had; one that comes later begins with as many as the one that had fewest.</param>
/// <param name="Until">When it is no longer believed, unless it is told again.</param>
internal sealed record Want(string Run, string Process, int Waiting, TimeSpan Since, long Turn, TimeSpan Until);
