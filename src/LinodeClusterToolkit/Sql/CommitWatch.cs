namespace LinodeClusterToolkit.Sql;

/// <summary>Stands at every commit of a file, so that a test can let a process end right there.</summary>
/// <param name="Before">Everything is written but for the commit itself; where it throws, nothing of it is kept.</param>
/// <param name="After">It is durable, and nobody has been told so.</param>
internal sealed record CommitWatch(Func<Task> Before, Func<Task> After);
