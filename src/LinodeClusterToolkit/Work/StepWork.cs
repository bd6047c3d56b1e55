using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Work;

/// <summary>Does one step that was taken, once, and writes down how it ended: done, failed, to be tried again later, or given back.</summary>
/// <param name="board">The board.</param>
/// <param name="time">The clock.</param>
/// <param name="retries">How often a step is tried.</param>
internal sealed class StepWork(WorkBoard board, TimeProvider time, RetryBudget retries)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Does it; <see cref="WorkClaim.Current"/> is its claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="draw">Gives the graph it is in.</param>
    /// <param name="stopping">Cancelled when its run is to stop.</param>
    /// <param name="leave">Cancelled when this worker is to leave at once.</param>
    /// <returns>The state it is in then; null where it is another's.</returns>
    public Task<StepState?> RunAsync(
        WorkClaim claim, Func<CancellationToken, Task<IWorkSite>> draw, CancellationToken stopping, CancellationToken leave) => StepTelemetry.RunAsync(
            claim.Address.Run, claim.Address.Step, time, () => ToEndAsync(claim, draw, stopping, leave), state => (state, null));

    private async Task<StepState?> ToEndAsync(
        WorkClaim claim, Func<CancellationToken, Task<IWorkSite>> draw, CancellationToken stopping, CancellationToken leave)
    {
        IWorkSite? site = null;
        var began = time.GetTimestamp();
        try
        {
            site = await draw(leave).ConfigureAwait(false);
            var step = site.Find(claim.Address.Step) ?? throw new LinodeToolkitException(WorkProblems.NotDrawn(claim.Address));
            await site.RefreshAsync(token => board.ListNewsAsync(claim.Address, token), leave).ConfigureAwait(false);
            site.Observer.Started(step, claim.Tries);
            var context = new StepContext(claim.Attempts > 1, claim.Tries, note => site.Observer.Waiting(step, note))
            {
                Stopping = stopping, BegunAgo = claim.DiedAgo,
            };
            Spending.Current = new();
            await step.Work!(context, leave).ConfigureAwait(false);
            await EndAsync(claim, StepState.Done, null, leave).ConfigureAwait(false);
            site.Observer.Finished(step, claim.Tries, time.GetElapsedTime(began));
            return StepState.Done;
        }
        catch (LinodeToolkitException lost) when (lost.Problem.Code == TakenOver)
        {
            return null;
        }
        catch (Exception thrown)
        {
            return await GiveBackAsync(claim, site, thrown, time.GetElapsedTime(began), stopping, leave).ConfigureAwait(false);
        }
    }

    private static readonly string TakenOver = WorkProblems.TakenOver(new("", "", "")).Code;

    private async Task<StepState?> GiveBackAsync(
        WorkClaim claim, IWorkSite? site, Exception thrown, TimeSpan took, CancellationToken stopping, CancellationToken leave)
    {
        // The database or the broker may have been away for longer than was waited for it.
        var isTransient = site?.IsTransient(thrown) == true || thrown is LinodeToolkitException { Problem: { Retryable: true, Family: 7 } };
        try
        {
            if (leave.IsCancellationRequested)
            {
                await board.ReturnAsync(claim, CancellationToken.None).ConfigureAwait(false);
                return StepState.Waiting;
            }

            if (stopping.IsCancellationRequested && (isTransient || thrown is OperationCanceledException))
            {
                await EndAsync(claim, StepState.Started, null, leave).ConfigureAwait(false);
                return StepState.Started;
            }

            var problem = TaskProblems.From(claim.Address.Step, thrown);
            var step = site?.Find(claim.Address.Step) ?? new TaskStep(claim.Address.Step);
            if (isTransient && claim.Tries < retries.Tries)
            {
                var pause = PauseAfter(claim.Tries);
                await TillWrittenAsync(token => board.PauseAsync(claim, pause, token), leave).ConfigureAwait(false);
                site?.Observer.Retrying(step, claim.Tries + 1, pause, problem);
                return StepState.Waiting;
            }

            await EndAsync(claim, StepState.Failed, problem, leave).ConfigureAwait(false);
            site?.Observer.Failed(step, claim.Tries, took, problem);
            return StepState.Failed;
        }
        catch (Exception lost) when (lost is LinodeToolkitException or OperationCanceledException)
        {
            // Another's by now, or this worker is to be gone before the database is back: it is taken for dead then, and the step taken up.
            return null;
        }
    }

    private TimeSpan PauseAfter(int tries)
    {
        var doubled = retries.FirstDelay * Math.Pow(2, Math.Min(tries - 1, 20));
        return (doubled < retries.LongestDelay ? doubled : retries.LongestDelay) * (0.5 + retries.Jitter());
    }

    private Task EndAsync(WorkClaim claim, StepState state, Problem? problem, CancellationToken leave)
    {
        DateTimeOffset? ended = state == StepState.Started ? null : time.GetUtcNow();
        return TillWrittenAsync(token => board.EndAsync(claim, state, ended, problem, token), leave);
    }

    // What happened has happened: it is written down, however long the database is away, unless it is another's by now.
    private async Task TillWrittenAsync(Func<CancellationToken, Task> write, CancellationToken leave)
    {
        while (true)
        {
            try
            {
                await write(CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (LinodeToolkitException away) when (away.Problem.Code != TakenOver && !leave.IsCancellationRequested)
            {
                await Task.Delay(Again, time, leave).ConfigureAwait(false);
            }
        }
    }
}
