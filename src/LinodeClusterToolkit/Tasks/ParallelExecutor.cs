namespace LinodeClusterToolkit.Tasks;

/// <summary>Every step as soon as it may begin, the longest remaining path first; the default.</summary>
/// <remarks>It sets no width of its own: most steps wait for the cloud, and the client bounds its calls itself.</remarks>
/// <param name="maxSteps">Most steps under way at once; null for no bound.</param>
internal sealed class ParallelExecutor(int? maxSteps = null) : ITaskExecutor
{
    public string Name => "parallel";

    public Task<RunOutcome> RunAsync(TaskGraph graph, TaskRun run, CancellationToken cancellation) =>
        new GraphRun(graph, run, byPriority: true, maxSteps ?? int.MaxValue).RunAsync(cancellation);
}
