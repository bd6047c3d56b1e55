using System.Text.Json;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit;

// Work that is handed to workers, and what is to be seen of it from any machine.
public sealed partial class LinodeToolkit
{
    /// <summary>Whether records are kept where workers can share them, so that runs may be handed to them.</summary>
    public bool CanSubmit => rooms.FindBoard is not null;

    /// <summary>Hands what a preview showed to workers, once it was checked as <see cref="CreateAsync"/> does; it is safe when the task ends.</summary>
    /// <exception cref="LinodeToolkitException">As for <see cref="CreateAsync"/>, or records are kept where workers cannot share them.</exception>
    public async Task<SubmittedRun> SubmitAsync(ClusterPreview preview, CancellationToken cancellation = default)
    {
        var board = rooms.Board;
        var run = await rooms.ConductorOf(preview.Plan).SubmitAsync(
            preview, run => board.SubmitAsync(rooms.AddressOf(run.Id), preview.Cluster, null, cancellation), cancellation).ConfigureAwait(false);
        return new(run.Id, preview.Cluster);
    }

    /// <summary>Has workers go on with the last run of a cluster; null where that has ended well.</summary>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="again">Names of the failed steps to try again; null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<SubmittedRun?> SubmitResumeAsync(string cluster, IReadOnlySet<string>? again, CancellationToken cancellation = default)
    {
        var board = rooms.Board;
        var found = await rooms.Queries.FindAsync(cluster, cancellation).ConfigureAwait(false);
        var run = await rooms.ConductorOf(found).SubmitAgainAsync(
            found, run => board.SubmitAsync(rooms.AddressOf(run.Id), found.Name, again, cancellation), cancellation).ConfigureAwait(false);
        return run is null ? null : new(run.Id, found.Name);
    }

    /// <summary>Takes back the last run of a cluster while it waits for a worker; it can be gone on with.</summary>
    /// <returns>False where none waits: then <see cref="CancelAsync"/> stops the one at work.</returns>
    /// <param name="cluster">Its name, liberally matched.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<bool> WithdrawAsync(string cluster, CancellationToken cancellation = default)
    {
        var found = await rooms.Queries.FindAsync(cluster, cancellation).ConfigureAwait(false);
        return rooms.FindBoard is { } board && await rooms.ConductorOf(found).WithdrawAsync(
            found, run => board.TakeBackRunAsync(rooms.AddressOf(run.Id), cancellation), cancellation).ConfigureAwait(false);
    }

    /// <summary>Workers that share these records, by name; those lost only for a while.</summary>
    public async Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(CancellationToken cancellation = default) =>
        await rooms.Board.ListWorkersAsync(cancellation).ConfigureAwait(false);

    /// <summary>Asks a worker to take nothing new and to end; false where there is none of that name.</summary>
    public Task<bool> DrainWorkerAsync(string name, CancellationToken cancellation = default) => rooms.Board.DrainAsync(name, cancellation);

    /// <summary>How much work there is, of this customer.</summary>
    public Task<WorkLoad> GetWorkLoadAsync(CancellationToken cancellation = default)
    {
        var own = rooms.AddressOf("");
        return rooms.Board.LoadAsync(own.Application, own.Customer, cancellation);
    }

    /// <summary>Events of a run that workers did, by number; none where it was done otherwise.</summary>
    /// <param name="run">Id of the run.</param>
    /// <param name="after">Only those with a higher number.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<RunEvent>> ListRunEventsAsync(string run, long after = 0, CancellationToken cancellation = default) =>
        rooms.FindBoard is not { } board ? []
            : [.. (await board.ListEventsAsync(rooms.AddressOf(run), after, cancellation).ConfigureAwait(false))
                .Select(told => JsonSerializer.Deserialize(told.Body, RunSketchJson.Default.RunEvent)! with { Sequence = told.Number })];
}
