using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>Has the board counted now and then, for <c>lct.queue.depth</c>; not where nobody listens.</summary>
internal sealed class DepthWatch(WorkBoard board, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);
    private IReadOnlyDictionary<string, long> last = new Dictionary<string, long>();

    public async Task RunAsync(CancellationToken over)
    {
        using var shown = Telemetry.ShowDepths(() => last);
        while (true)
        {
            if (Telemetry.AreDepthsHeard)
            {
                last = await CountAsync(over).ConfigureAwait(false);
            }

            await Task.Delay(Pace, time, over).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken over)
    {
        try
        {
            var load = await board.LoadAsync(null, null, over).ConfigureAwait(false);
            return new Dictionary<string, long>
            {
                ["runs_waiting"] = load.RunsWaiting, ["runs_under_way"] = load.RunsUnderWay, ["steps_waiting"] = load.StepsWaiting,
                ["steps_under_way"] = load.StepsUnderWay, ["steps_paused"] = load.StepsPaused,
            };
        }
        catch (LinodeToolkitException)
        {
            return new Dictionary<string, long>(); // the database is away: nothing is known
        }
    }
}
