using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A run's graph in a worker that does steps of it: drawn as its conductor drew it, over the records as they stand.</summary>
internal sealed class RunSite(TaskGraph graph, ClusterBook book, ConfigurationTools inside, RunReporter reporter) : IWorkSite
{
    private readonly Lock gate = new();
    private Task current = Task.CompletedTask;
    private Task? next;

    public ITaskObserver Observer => reporter;

    public Func<Exception, bool> IsTransient => ClusterRun.IsTransient;

    public static async Task<RunSite> DrawAsync(
        Workshop shop, WorkAddress run, string sketched, IRunObserver observer, CancellationToken cancellation)
    {
        var sketch = RunSketch.Read(sketched);
        var book = await ClusterBook.OpenAsync(shop.Store, sketch.Cluster, shop.Time, cancellation).ConfigureAwait(false);
        var (graph, inside) = await shop.DrawAsync(book, sketch.Decide(shop.Store, shop.Time), cancellation).ConfigureAwait(false);
        await shop.Cloud.Events.MarkAsync(cancellation).ConfigureAwait(false);
        var reporter = new RunReporter(observer, run.Run, sketch.Cluster.Name, shop.Time) { NodeFailed = inside.MarkFallen };
        book.NodeChanged = reporter.NodeChanged;
        return new(graph, book, inside, reporter);
    }

    public TaskStep? Find(string step) => graph.Find(step) is { } position && graph.Steps[position] is { Work: not null } found ? found : null;

    // All that come while one reading is under way share the next: theirs has to begin after they came.
    public Task RefreshAsync(Func<CancellationToken, Task<List<string>>> failed, CancellationToken cancellation)
    {
        lock (gate)
        {
            next ??= AfterAsync(current, failed);
            return next.WaitAsync(cancellation);
        }
    }

    private async Task AfterAsync(Task earlier, Func<CancellationToken, Task<List<string>>> failed)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate)
        {
            (current, next) = (next!, null);
        }

        await book.RefreshAsync(CancellationToken.None).ConfigureAwait(false);

        // Other workers' steps too: what goes on without a node that fell has to know of it.
        foreach (var name in await failed(CancellationToken.None).ConfigureAwait(false))
        {
            if (graph.Find(name) is { } position && graph.Steps[position].Subject.Node is { } node)
            {
                inside.MarkFallen(node);
            }
        }
    }
}
