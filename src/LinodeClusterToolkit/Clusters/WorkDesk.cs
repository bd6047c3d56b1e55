using System.Text.Json;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Clusters;

/// <summary>One customer's work in a worker.</summary>
internal sealed class WorkDesk(Workshop shop, IAsyncDisposable below) : IWorkDesk
{
    public async Task<IWorkSite> DrawAsync(WorkAddress run, SiteTools site, Action<string> tell, CancellationToken cancellation) =>
        await RunSite.DrawAsync(shop, run, site, new Teller(tell), cancellation).ConfigureAwait(false);

    public async Task<string> ConductAsync(WorkClaim run, ITaskExecutor executor, Action<string> tell, CancellationToken leave)
    {
        CallOwner.Current = run.Address.Run;
        if (await shop.Store.FindClusterAsync(run.Cluster, leave).ConfigureAwait(false) is not { } cluster || cluster.LastRun != run.Address.Run)
        {
            return "another run has taken its place";
        }

        var summary = await new Conductor(shop.For(cluster) with { Executor = executor })
            .GoOnAsync(cluster, run.Again, new RunCall(new Teller(tell), CancellationToken.None, leave)).ConfigureAwait(false);
        return summary?.Outcome ?? "done";
    }

    public async Task GiveUpAsync(WorkClaim run, Problem problem, Action<string> tell, CancellationToken cancellation)
    {
        var now = shop.Time.GetUtcNow();
        var record = await shop.Store.ListRunsAsync(null, cancellation).FirstOrDefaultAsync(one => one.Id == run.Address.Run, cancellation)
            .ConfigureAwait(false);
        if (record is null)
        {
            return;
        }

        await shop.Store.SaveRunAsync(record with { State = "failed", Ended = now }, cancellation).ConfigureAwait(false);
        var failure = new StepFailure(record.Verb, null, null, null, run.Tries, problem);
        new RunReporter(new Teller(tell), record.Id, run.Cluster, shop.Time).Report(RunEventTypes.RunSummary, happened => happened with
        {
            Error = problem,
            Summary = new(record.Id, run.Cluster, record.Verb, "failed", 0, 0, 0, 0, now - record.Started, null, null, 0, 0, 0, [failure]),
        });
    }

    public ValueTask DisposeAsync() => below.DisposeAsync();

    /// <summary>Hands events on as text.</summary>
    private sealed class Teller(Action<string> tell) : IRunObserver
    {
        public void OnEvent(RunEvent happened) => tell(JsonSerializer.Serialize(happened, RunSketchJson.Default.RunEvent));
    }
}
