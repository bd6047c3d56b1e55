using LinodeClusterToolkit.Clusters.Applying;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;

namespace LinodeClusterToolkit.Clusters;

/// <content>Bringing clusters that stand to another plan.</content>
internal sealed partial class Conductor
{
    /// <summary>Does what a preview showed, or goes on with it; nothing where anything is otherwise by now.</summary>
    public Task<RunSummary> ApplyAsync(ApplyPreview preview, RunCall call) =>
        ApplyOnceAsync(preview, call, (draft, held) => RunAsync(draft, held, null, call));

    /// <summary>Writes it down and hands it over.</summary>
    public Task<RunRecord> SubmitAsync(ApplyPreview preview, Func<RunRecord, Task> handOver, CancellationToken cancellation) =>
        ApplyOnceAsync(preview, new(null, cancellation, cancellation), async (draft, _) =>
        {
            await draft.EnterAsync(cancellation).ConfigureAwait(false);
            var run = await RunForAsync(draft, "queued", cancellation).ConfigureAwait(false);
            await draft.AdoptAsync(cancellation).ConfigureAwait(false);
            await handOver(run).ConfigureAwait(false);
            return run;
        });

    private async Task<T> ApplyOnceAsync<T>(ApplyPreview preview, RunCall call, Func<Draft, HeldLease, Task<T>> then)
    {
        DemandPossible(preview);
        var held = await HoldAsync(preview.Cluster, preview.Work!.Verb, call).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);
        var mine = shop.Under(held.Lease);

        // Under the lease nobody of ours changes it any more; in between somebody may have.
        var now = await preview.Again!(call.Leave).ConfigureAwait(false);
        if (now.Work!.Write() != preview.Work.Write())
        {
            throw new LinodeToolkitException(ApplyProblems.Moved(preview.Cluster));
        }

        var cluster = await mine.Store.FindClusterAsync(preview.Cluster, call.Leave).ConfigureAwait(false)
            ?? throw new LinodeToolkitException(ClusterProblems.NoSuch("cluster", preview.Cluster, []));
        preview.Work.DemandAllowed(cluster);
        var book = await ClusterBook.OpenAsync(mine.Store, cluster, shop.Time, call.Leave).ConfigureAwait(false);
        var draft = await new Draft(mine, book, preview.Work, preview.Plan).CheckAsync(isNew: false, call.Leave).ConfigureAwait(false);
        return await then(draft, held).ConfigureAwait(false);
    }

    private static void DemandPossible(ApplyPreview preview)
    {
        if (preview.Refused.Count > 0)
        {
            throw new LinodeToolkitException([.. preview.Refused.Select(ApplyProblems.Refused)]);
        }
    }
}
