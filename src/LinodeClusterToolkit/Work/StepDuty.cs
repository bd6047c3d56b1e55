using System.Collections.Concurrent;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Work;

/// <summary>Takes steps from queues and does them, so many at once; customers and runs take turns.</summary>
internal sealed class StepDuty(WorkerParts parts, string worker, Desks desks)
{
    private readonly FairTurns<(WorkAddress Address, IWorkDelivery Message)> waiting = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly SemaphoreSlim slots = new(parts.Concurrency);
    private readonly ConcurrentDictionary<WorkAddress, CancellationTokenSource> stops = new();
    private readonly StepWork work = new(parts.Board, parts.Time, RetryBudget.Default);
    private int underWay;
    private long done;
    private long failed;

    public int UnderWay => Volatile.Read(ref underWay);

    public long Done => Interlocked.Read(ref done);

    public long Failed => Interlocked.Read(ref failed);

    public void Add(IWorkDelivery message)
    {
        if (WorkAddress.Read(message.Body.Span) is not { IsRun: false } address)
        {
            _ = message.RejectAsync();
            return;
        }

        waiting.Add(address.Application + "\n" + address.Customer, address.Run, (address, message));
        arrived.Release();
    }

    /// <summary>Has the steps under way of these runs give up long waits.</summary>
    public void Stop(IEnumerable<WorkAddress> runs)
    {
        foreach (var run in runs)
        {
            foreach (var step in stops.Where(step => step.Key with { Step = "" } == run))
            {
                step.Value.Cancel();
            }
        }
    }

    /// <summary>Takes steps until it is told to drain; what was not begun by then goes back.</summary>
    public async Task RunAsync(CancellationToken drain, CancellationToken leave)
    {
        try
        {
            while (true)
            {
                await slots.WaitAsync(drain).ConfigureAwait(false);
                await arrived.WaitAsync(drain).ConfigureAwait(false);
                if (waiting.TryTake(out var next))
                {
                    Interlocked.Increment(ref underWay);
                    _ = DoAsync(next.Address, next.Message, leave);
                }
            }
        }
        catch (OperationCanceledException) when (drain.IsCancellationRequested)
        {
            while (waiting.TryTake(out var next))
            {
                _ = next.Message.ReturnAsync();
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

    private async Task DoAsync(WorkAddress address, IWorkDelivery message, CancellationToken leave)
    {
        try
        {
            var claim = await parts.Board.TakeAsync(address, worker, parts.Time.GetUtcNow(), leave).ConfigureAwait(false);

            // Now, not at its end: from here on the board has it taken up again where this worker dies, and a broker waits half an hour at most.
            await message.AckAsync().ConfigureAwait(false);
            if (claim is not null)
            {
                WorkClaim.Current = claim;
                var stop = stops[address] = new();
                Count(claim, await work.RunAsync(claim, token => desks.DrawAsync(claim, token), stop.Token, leave).ConfigureAwait(false));
            }
        }
        catch (Exception away) when (away is LinodeToolkitException or OperationCanceledException)
        {
            // It could not be taken: the message comes again when the database does, if the board does not send another before.
            await message.ReturnSoonAsync(parts.Time, leave).ConfigureAwait(false);
        }
        catch (Exception unforeseen)
        {
            parts.Notice(new(parts.Time.GetUtcNow(), "bug", address.Step)
            {
                Customer = address.Customer, Run = address.Run, Step = address.Step, Problem = TaskProblems.From(address.Step, unforeseen),
            });
        }
        finally
        {
            stops.TryRemove(address, out _);
            Interlocked.Decrement(ref underWay);
            slots.Release();
        }
    }

    private void Count(WorkClaim claim, StepState? state)
    {
        if (state == StepState.Done)
        {
            Interlocked.Increment(ref done);
        }
        else if (state == StepState.Failed)
        {
            Interlocked.Increment(ref failed);
            parts.Notice(new(parts.Time.GetUtcNow(), "step-failed", claim.Address.Step)
            {
                Customer = claim.Address.Customer, Run = claim.Address.Run, Step = claim.Address.Step,
            });
        }
    }
}
