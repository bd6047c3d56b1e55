using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Clusters.Applying;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit;

// Bringing clusters that stand to another plan, or to another size.
public sealed partial class LinodeToolkit
{
    /// <summary>What <see cref="ApplyAsync"/> would do, change by change; reads records and account, and sends no write call.</summary>
    /// <exception cref="PlanException">The plan cannot be used.</exception>
    /// <exception cref="Diagnostics.LinodeToolkitException">There is no such cluster, it is being deleted, or the token may not read what stands of it.</exception>
    public async Task<ApplyPreview> PreviewApplyAsync(ApplyRequest request, CancellationToken cancellation = default)
    {
        var shop = rooms.Workshop.For(PlanReader.Read(request.Plan).Value?.Api);
        var catalog = await shop.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false);
        return await new ApplyPreviewer(shop, catalog).ApplyAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>What growing or shrinking groups would do; hand it to <see cref="ApplyAsync"/>.</summary>
    /// <exception cref="Diagnostics.LinodeToolkitException">There is no such cluster, group or node.</exception>
    public async Task<ApplyPreview> PreviewScaleAsync(ScaleRequest request, CancellationToken cancellation = default)
    {
        var found = await rooms.Queries.FindAsync(request.Cluster, cancellation).ConfigureAwait(false);
        var shop = rooms.Workshop.For(found);
        var catalog = await shop.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false);
        return await new ApplyPreviewer(shop, catalog).ScaleAsync(request with { Cluster = found.Name }, cancellation).ConfigureAwait(false);
    }

    /// <summary>Does what a preview showed, all of it and nothing else; where anything is otherwise by now, nothing.</summary>
    /// <param name="preview">From <see cref="PreviewApplyAsync"/> or <see cref="PreviewScaleAsync"/>.</param>
    /// <param name="observer">Gets every event of the run, or null.</param>
    /// <param name="stop">As for <see cref="CreateAsync"/>.</param>
    /// <param name="cancellation">As for <see cref="CreateAsync"/>.</param>
    /// <exception cref="Diagnostics.LinodeToolkitException">
    /// Something is refused, something changed since, the cluster is protected from deletion, or another run is at work.
    /// </exception>
    public Task<RunSummary> ApplyAsync(
        ApplyPreview preview, IRunObserver? observer, CancellationToken stop = default, CancellationToken cancellation = default) =>
        rooms.ConductorOf(preview.Plan).ApplyAsync(preview, new(observer, stop, cancellation));

    /// <summary>Hands it to workers instead; it is safe when the task ends.</summary>
    /// <exception cref="Diagnostics.LinodeToolkitException">As for <see cref="ApplyAsync"/>, or records are kept where workers cannot share them.</exception>
    public async Task<SubmittedRun> SubmitApplyAsync(ApplyPreview preview, CancellationToken cancellation = default)
    {
        var board = rooms.Board;
        var run = await rooms.ConductorOf(preview.Plan).SubmitAsync(
            preview, run => board.SubmitAsync(rooms.AddressOf(run.Id), preview.Cluster, null, cancellation), cancellation).ConfigureAwait(false);
        return new(run.Id, preview.Cluster);
    }
}
