using System.Collections.Concurrent;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Work;

/// <summary>The steps of one run on their way to workers and back.</summary>
internal sealed class HandingOut : IStepRunner
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private readonly Handing handing;
    private readonly WorkClaim run;
    private readonly TimeProvider time;
    private readonly CancellationToken leave;
    private readonly ConcurrentDictionary<string, Task<WorkEnd>> awaited = new(StringComparer.Ordinal);

    /// <param name="handing">What it works with.</param>
    /// <param name="run">The conductor's claim.</param>
    /// <param name="time">The clock.</param>
    /// <param name="leave">Cancelled: nothing more is done for the run here.</param>
    /// <param name="halt">Cancelled: what nobody has begun is taken back.</param>
    public HandingOut(Handing handing, WorkClaim run, TimeProvider time, CancellationToken leave, CancellationToken halt)
    {
        (this.handing, this.run, this.time, this.leave) = (handing, run, time, leave);
        halt.Register(() => _ = StopAsync());
    }

    public async Task<bool[]> BeginAsync(IReadOnlyList<StepStart> batch, CancellationToken cancellation)
    {
        var queue = handing.QueueOf(run.Address);
        string[] names = [.. batch.Select(start => start.Step.Name)];
        foreach (var name in names)
        {
            awaited[name] = handing.Ends.Expect(At(name));
        }

        var handed = await handing.Board.HandOutAsync(run, handing.Worker, queue, names, cancellation).ConfigureAwait(false);
        foreach (var name in names.Where(name => !handed.Contains(name) && awaited.TryRemove(name, out _)))
        {
            handing.Ends.Tell(new(At(name), StepState.Cancelled, 0, null, null, null));
        }

        handing.Publisher.Send(queue, names.Where(handed.Contains).Select(At)); // in the order of priority
        return [.. names.Select(handed.Contains)];
    }

    public async Task<StepEnd> RunAsync(StepStart start)
    {
        // As it was before the step was handed out: it may have ended since, and is then expected no more.
        awaited.TryRemove(start.Step.Name, out var ending);
        var end = await ending!.WaitAsync(leave).ConfigureAwait(false);
        var problem = end.Outcome == StepState.Cancelled ? TaskProblems.Cancelled(start.Step.Name) : end.Problem;
        return new(start.Position, new(
            start.Step.Name, end.Outcome, end.Attempts, end.Started ?? start.Entry.Started, end.Ended, problem)
        {
            Spent = end.Spent,
        });
    }

    private WorkAddress At(string step) => run.Address with { Step = step };

    private async Task StopAsync()
    {
        var missed = new HashSet<WorkAddress>();
        while (!leave.IsCancellationRequested && handing.Ends.Expected(run.Address) is { Count: > 0 } expected)
        {
            try
            {
                await handing.Board.StopAsync(run.Address, leave).ConfigureAwait(false);
                await handing.Board.WithdrawAsync(run.Address, leave).ConfigureAwait(false);

                // Twice: what was being handed out when the run was stopped may come to the board a moment later.
                var there = await handing.Board.ListStepsAsync(run.Address, leave).ConfigureAwait(false);
                var gone = expected.Where(step => !there.Contains(step.Step)).ToHashSet();
                foreach (var step in gone.Intersect(missed))
                {
                    handing.Ends.Tell(new(step, StepState.Started, 0, null, null, null));
                }

                missed = gone;
                await Task.Delay(Look, time, leave).ConfigureAwait(false);
            }
            catch (Exception away) when (away is LinodeToolkitException or OperationCanceledException)
            {
                // The database comes back, or the run is another's.
            }
        }
    }
}
