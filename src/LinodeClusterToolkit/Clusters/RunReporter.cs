using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Turns what happens to steps and nodes into the events of a run, numbered and one at a time.</summary>
internal sealed class RunReporter(IRunObserver? observer, string run, string cluster, TimeProvider time) : ITaskObserver
{
    private readonly Lock gate = new();
    private long sequence;

    /// <summary>Told the label of a node that a step failed on for good.</summary>
    public Action<string>? NodeFailed { get; set; }

    public void Report(string type, Func<RunEvent, RunEvent>? fill = null)
    {
        if (observer is null)
        {
            return;
        }

        lock (gate)
        {
            var happened = new RunEvent(++sequence, time.GetUtcNow(), run, type) { Cluster = cluster };
            observer.OnEvent(fill is null ? happened : fill(happened));
        }
    }

    public void NodeChanged(NodeRecord node) => Report(RunEventTypes.NodeState, happened => happened with
    {
        Region = node.Region, Group = node.Group, Node = node.Label, Text = node.State.ToString().ToLowerInvariant(),
    });

    public void AlreadyDone(TaskStep step) => Step(RunEventTypes.TaskFinished, step, text: "done before");

    public void Queued(TaskStep step) => Step(RunEventTypes.TaskQueued, step);

    public void Started(TaskStep step, int attempt) => Step(RunEventTypes.TaskStarted, step, attempt, text: step.Doing);

    public void Waiting(TaskStep step, string note) => Step(RunEventTypes.TaskWaiting, step, text: note);

    public void Retrying(TaskStep step, int attempt, TimeSpan delay, Problem problem) =>
        Step(RunEventTypes.TaskRetrying, step, attempt, delay, problem, $"again in {delay.TotalSeconds:0}s");

    public void Finished(TaskStep step, int attempts, TimeSpan took) => Step(RunEventTypes.TaskFinished, step, attempts, took);

    public void Failed(TaskStep step, int attempts, TimeSpan took, Problem problem)
    {
        if (step.Subject.Node is { } node)
        {
            NodeFailed?.Invoke(node);
        }

        Step(RunEventTypes.TaskFailed, step, attempts, took, problem);
    }

    public void Skipped(TaskStep step, string because) => Step(RunEventTypes.TaskSkipped, step, text: $"{because} failed");

    private void Step(
        string type, TaskStep step, int? attempt = null, TimeSpan? took = null, Problem? problem = null, string? text = null) =>
        Report(type, happened => happened with
        {
            Task = step.Name,
            Region = step.Subject.Region,
            Group = step.Subject.Group,
            Node = step.Subject.Node,
            Attempt = attempt,
            Milliseconds = (long?)took?.TotalMilliseconds,
            Error = problem,
            Text = text,
        });
}
