namespace LinodeClusterToolkit.Tasks;

/// <summary>One step at a time, in the order of the graph: for small things and for debugging.</summary>
internal sealed class InOrderExecutor : ITaskExecutor
{
    public string Name => "in-order";

    public Task<RunOutcome> RunAsync(TaskGraph graph, TaskRun run, CancellationToken cancellation) =>
        new GraphRun(graph, run, byPriority: false, maxSteps: 1).RunAsync(cancellation);
}
