using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A run's graph in a worker that does steps of it: drawn as its conductor drew it, over the records as they stand.</summary>
internal sealed class RunSite(
    string run, TaskGraph graph, ClusterBook book, ProvisioningTools tools, ConfigurationTools inside, RunReporter reporter) : IWorkSite
{
    private readonly Lock gate = new();
    private Task current = Task.CompletedTask;
    private Task? next;

    public ITaskObserver Observer => reporter;

    public Func<Exception, bool> IsTransient => ClusterRun.IsTransient;

    public static async Task<RunSite> DrawAsync(
        Workshop usual, WorkAddress run, SiteTools site, IRunObserver observer, CancellationToken cancellation)
    {
        var sketch = RunSketch.Read(site.Sketch);
        var shop = usual.For(sketch.Cluster);
        var book = await ClusterBook.OpenAsync(shop.Store, sketch.Cluster, shop.Time, cancellation).ConfigureAwait(false);
        var (graph, tools, inside) = await shop.DrawAsync(book, sketch.Decide(shop.Store, shop.Time), cancellation).ConfigureAwait(false);
        (tools.Freshened, inside.Noted) = (site.Note, site.Note);
        await shop.Cloud.Events.MarkAsync(cancellation).ConfigureAwait(false);
        var reporter = new RunReporter(observer, run.Run, sketch.Cluster.Name, shop.Time) { NodeFailed = inside.MarkFallen };
        book.NodeChanged = reporter.NodeChanged;
        return new(run.Run, graph, book, tools, inside, reporter);
    }

    public TaskStep? Find(string step) => graph.Find(step) is { } position && graph.Steps[position] is { Work: { } work } found
        ? found with { Work = (context, cancellation) => DoAsync(work, context, cancellation) } : null;

    // All that come while one reading is under way share the next: theirs has to begin after they came.
    public Task RefreshAsync(Func<CancellationToken, Task<SiteNews>> news, CancellationToken cancellation)
    {
        lock (gate)
        {
            next ??= AfterAsync(current, news);
            return next.WaitAsync(cancellation);
        }
    }

    // Runs that share an account take turns.
    private Task DoAsync(Func<StepContext, CancellationToken, Task> work, StepContext context, CancellationToken cancellation)
    {
        CallOwner.Current = run;
        return work(context, cancellation);
    }

    private async Task AfterAsync(Task earlier, Func<CancellationToken, Task<SiteNews>> news)
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate)
        {
            (current, next) = (next!, null);
        }

        await book.RefreshAsync(CancellationToken.None).ConfigureAwait(false);

        // Other workers' steps too: what goes on without a node that fell has to know of it.
        var heard = await news(CancellationToken.None).ConfigureAwait(false);
        tools.Hear(heard.Notes);
        inside.Hear(heard.Notes);
        foreach (var name in heard.Failed)
        {
            if (graph.Find(name) is { } position && graph.Steps[position].Subject.Node is { } node)
            {
                inside.MarkFallen(node);
            }
        }
    }
}
