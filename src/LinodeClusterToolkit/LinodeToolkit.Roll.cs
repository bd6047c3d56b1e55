using LinodeClusterToolkit.Clusters;

namespace LinodeClusterToolkit;

// Work on nodes in turns, while the others of their group are at work.
public sealed partial class LinodeToolkit
{
    /// <summary>What <see cref="RollAsync"/> would do; sends no write call.</summary>
    /// <exception cref="Diagnostics.LinodeToolkitException">No node is meant, one is not up, or does not fit into the type that is asked for.</exception>
    public async Task<RollPreview> PreviewRollAsync(string cluster, RollRequest request, CancellationToken cancellation = default)
    {
        var found = await rooms.Queries.FindAsync(cluster, cancellation).ConfigureAwait(false);
        return await new RollPreviewer(rooms.Workshop.For(found)).LookAsync(found, request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Reboots, resizes, rebuilds or replaces nodes, or runs a command on them, so many at a time: the next have their turn when those before
    /// are at work again by the signs their plan has for that, and none has once a node failed.</summary>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="request">What, to which nodes.</param>
    /// <param name="observer">Gets every event of the run, or null.</param>
    /// <param name="stop">As for <see cref="CreateAsync"/>.</param>
    /// <param name="cancellation">As for <see cref="CreateAsync"/>.</param>
    /// <remarks>The same request goes on with a run that did not come to its end, as <see cref="ResumeAsync"/> does.</remarks>
    public async Task<RunSummary> RollAsync(
        string cluster, RollRequest request, IRunObserver? observer, CancellationToken stop = default, CancellationToken cancellation = default)
    {
        var found = await rooms.Queries.FindAsync(cluster, cancellation).ConfigureAwait(false);
        var work = await new RollPreviewer(rooms.Workshop.For(found)).WorkAsync(found, request, cancellation).ConfigureAwait(false);
        return await rooms.ConductorOf(found).BeginAsync(found, work, new(observer, stop, cancellation)).ConfigureAwait(false);
    }
}
