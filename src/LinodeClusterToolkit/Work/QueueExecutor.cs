using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Work;

/// <summary>Hands each step of a run to whichever worker takes it, and waits for its end.</summary>
/// <remarks>The run has to be claimed: <see cref="WorkClaim.Current"/> is that claim.</remarks>
internal sealed class QueueExecutor(Handing handing) : ITaskExecutor
{
    public string Name => "queue";

    public bool CountsByStep => true;

    public async Task<RunOutcome> RunAsync(TaskGraph graph, TaskRun run, CancellationToken cancellation)
    {
        var claim = WorkClaim.Current ?? throw new InvalidOperationException("a run that is handed out has to be claimed first");
        try
        {
            await handing.Board.PutSiteAsync(claim, run.Describe(), cancellation).ConfigureAwait(false);
            var outcome = await new GraphRun(
                graph, run, byPriority: true, int.MaxValue,
                (_, _, leave, halt) => new HandingOut(handing, claim, run.Time, leave, halt)).RunAsync(cancellation).ConfigureAwait(false);

            // Who leaves has not come to an end: another goes on where the journal stands.
            cancellation.ThrowIfCancellationRequested();
            return outcome;
        }
        finally
        {
            handing.Ends.Drop(claim.Address);
        }
    }
}
