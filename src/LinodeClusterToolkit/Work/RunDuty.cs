using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>Takes runs from their queue and conducts them, so many at once.</summary>
internal sealed class RunDuty(WorkerParts parts, string worker, Desks desks, Handing handing)
{
    private const int MostTries = 40; // a lease whose holder died on another machine runs out within ten
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim arrived = new(0);
    private readonly Queue<(WorkAddress Address, IWorkDelivery Message)> waiting = new();
    private readonly SemaphoreSlim slots = new(parts.Runs);
    private int underWay;

    public int UnderWay => Volatile.Read(ref underWay);

    public void Add(IWorkDelivery message)
    {
        if (WorkAddress.Read(message.Body.Span) is not { IsRun: true } address)
        {
            _ = message.RejectAsync();
            return;
        }

        lock (waiting)
        {
            waiting.Enqueue((address, message));
        }

        arrived.Release();
    }

    /// <summary>Takes runs until it is told to drain; those it conducts then go to others.</summary>
    public async Task RunAsync(CancellationToken drain, CancellationToken leave)
    {
        try
        {
            while (true)
            {
                await slots.WaitAsync(drain).ConfigureAwait(false);
                await arrived.WaitAsync(drain).ConfigureAwait(false);
                lock (waiting)
                {
                    var (address, message) = waiting.Dequeue();
                    Interlocked.Increment(ref underWay);
                    _ = DoAsync(address, message, drain, leave);
                }
            }
        }
        catch (OperationCanceledException) when (drain.IsCancellationRequested)
        {
            lock (waiting)
            {
                while (waiting.TryDequeue(out var next))
                {
                    _ = next.Message.ReturnAsync();
                }
            }
        }
    }

    /// <summary>Ends when nothing is under way.</summary>
    public async Task EndedAsync()
    {
        while (UnderWay > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), parts.Time).ConfigureAwait(false);
        }
    }

    private async Task DoAsync(WorkAddress address, IWorkDelivery message, CancellationToken drain, CancellationToken leave)
    {
        try
        {
            var claim = await parts.Board.TakeAsync(address, worker, parts.Time.GetUtcNow(), leave).ConfigureAwait(false);

            // Now, not at its end, which may be hours away: from here on the board has it taken up again where this worker dies.
            await message.AckAsync().ConfigureAwait(false);
            if (claim is not null)
            {
                WorkClaim.Current = claim;
                using var either = CancellationTokenSource.CreateLinkedTokenSource(drain, leave);
                await ConductAsync(claim, either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception away) when (away is LinodeToolkitException or OperationCanceledException)
        {
            await message.ReturnSoonAsync(parts.Time, leave).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
            slots.Release();
        }
    }

    private async Task ConductAsync(WorkClaim claim, CancellationToken leave)
    {
        var (desk, tell) = (desks.Of(claim.Address), desks.Teller(claim.Address));
        try
        {
            Say("run-started", claim, "conducted here");
            var ending = await desk.ConductAsync(claim, new QueueExecutor(handing), tell, leave).ConfigureAwait(false);
            await parts.Board.CloseAsync(claim, CancellationToken.None).ConfigureAwait(false);
            Say("run-ended", claim, ending);
        }
        catch (OperationCanceledException)
        {
            // This worker goes, or has lost the lease of the cluster: another conducts it from where it stands.
            await parts.Board.ReturnAsync(claim, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LinodeToolkitException lost) when (lost.Problem.Code is "LCT7012" or "LCT7162")
        {
            // Another conducts it by now.
            Say("run-lost", claim, lost.Problem.What);
        }
        catch (LinodeToolkitException failure) when (failure.Problem.Retryable && claim.Tries < MostTries)
        {
            Say("run-paused", claim, failure.Problem.What, failure.Problem);
            await parts.Board.PauseAsync(claim, Pause, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var problem = Tasks.TaskProblems.From(claim.Address.Run, failure);
            await desk.GiveUpAsync(claim, problem, tell, CancellationToken.None).ConfigureAwait(false);
            await parts.Board.CloseAsync(claim, CancellationToken.None).ConfigureAwait(false);
            Say("run-ended", claim, problem.What, problem);
        }
    }

    private void Say(string kind, WorkClaim claim, string text, Problem? problem = null) =>
        parts.Notice(new(parts.Time.GetUtcNow(), kind, text) { Customer = claim.Address.Customer, Run = claim.Address.Run, Problem = problem });
}
