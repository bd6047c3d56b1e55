using System.Collections.Concurrent;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Work;

/// <summary>What a worker is made of.</summary>
/// <param name="Board">The board.</param>
/// <param name="Broker">The broker.</param>
/// <param name="Open">Opens the desk of a customer, by application and customer.</param>
/// <param name="Self">This process.</param>
/// <param name="Name">Its name.</param>
/// <param name="Concurrency">Most steps under way.</param>
/// <param name="Runs">Most runs conducted.</param>
/// <param name="QueuePerCustomer">Whether each customer has a queue.</param>
/// <param name="Time">The clock.</param>
/// <param name="Notice">Gets what is worth saying.</param>
internal sealed record WorkerParts(
    WorkBoard Board, IWorkBroker Broker, Func<string, string, IWorkDesk> Open, LeaseHolder Self, string Name, int Concurrency, int Runs,
    bool QueuePerCustomer, TimeProvider Time, Action<WorkerNotice> Notice);

/// <summary>One life of a worker, from joining the others to parting from them, or to being taken for dead.</summary>
internal sealed class WorkerCore : IAsyncDisposable
{
    private readonly WorkerParts parts;
    private readonly string id = Guid.NewGuid().ToString("N");
    private readonly HappeningWriter events;
    private readonly Desks desks;
    private readonly WorkPublisher publisher;
    private readonly EndsWatch ends;
    private readonly StepDuty steps;
    private readonly RunDuty runs;
    private readonly CancellationTokenSource drain = new();
    private readonly CancellationTokenSource leave = new();
    private readonly ConcurrentDictionary<string, Task> consuming = new(StringComparer.Ordinal);

    private Exception? fault;

    public WorkerCore(WorkerParts parts)
    {
        this.parts = parts;
        events = new(parts.Board, parts.Time);
        desks = new(parts.Open, parts.Board, events, parts.Time);
        publisher = new(parts.Board, parts.Broker);
        ends = new(parts.Board, id, parts.Time);
        steps = new(parts, id, desks);
        runs = new(parts, id, desks, new Handing(parts.Board, publisher, ends, id, QueueOf));
    }

    public int Steps => steps.UnderWay;

    public int Runs => runs.UnderWay;

    public bool IsDraining => drain.IsCancellationRequested;

    public bool IsHeard { get; private set; }

    public (long Done, long Failed) Ended => (steps.Done, steps.Failed);

    /// <summary>Works until it is told to stop; true where it is to begin anew, since the others took it for dead.</summary>
    public async Task<bool> RunAsync(CancellationToken stop, CancellationToken cancellation)
    {
        if (await parts.Board.JoinAsync(id, parts.Name, parts.Self, parts.Concurrency, cancellation).ConfigureAwait(false) is { } other)
        {
            throw new LinodeToolkitException(WorkProblems.NameTaken(parts.Name, other.Machine));
        }

        IsHeard = true;
        using var stopping = stop.Register(() => drain.Cancel());
        using var leaving = cancellation.Register(() => leave.Cancel());
        using var over = new CancellationTokenSource();
        Say("started", $"worker {parts.Name} is up");
        Task[] duties =
        [
            publisher.RunAsync(over.Token), ends.RunAsync(over.Token), events.RunAsync(over.Token),
            new Sweep(parts, publisher).RunAsync(over.Token), new DepthWatch(parts.Board, parts.Time).RunAsync(over.Token),
            steps.RunAsync(drain.Token, leave.Token), runs.RunAsync(drain.Token, leave.Token),
            ConsumeAsync(WorkQueues.Runs, 1, runs.Add), ConsumeAsync(WorkQueues.Steps, 2 * parts.Concurrency, steps.Add),
            ConsumeAsync(WorkQueues.Dead, 20, new DeadLetters(parts).Add),
        ];
        foreach (var duty in duties)
        {
            // None ends before it is told to: where one does, this worker is of no use any more.
            _ = duty.ContinueWith(
                ended =>
                {
                    fault ??= ended.Exception!.InnerException;
                    leave.Cancel();
                },
                CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        var isLost = await BeatAsync().ConfigureAwait(false);
        if (isLost)
        {
            await leave.CancelAsync().ConfigureAwait(false);
        }

        await Task.WhenAll([steps.EndedAsync(), runs.EndedAsync()]).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(duties.Select(EndAsync)).ConfigureAwait(false);
        await Task.WhenAll(consuming.Values.Select(EndAsync)).ConfigureAwait(false);
        if (!isLost)
        {
            await EndAsync(parts.Board.PartAsync(id, CancellationToken.None)).ConfigureAwait(false);
            Say("drained", $"worker {parts.Name} has ended what it had begun");
        }

        if (fault is not null)
        {
            throw fault;
        }

        return isLost && !stop.IsCancellationRequested && !cancellation.IsCancellationRequested;
    }

    public async ValueTask DisposeAsync()
    {
        await desks.DisposeAsync().ConfigureAwait(false);
        drain.Dispose();
        leave.Dispose();
    }

    private string QueueOf(WorkAddress run)
    {
        if (!parts.QueuePerCustomer)
        {
            return WorkQueues.Steps;
        }

        var queue = WorkQueues.StepsOf(run.Application, run.Customer);
        Listen(queue);
        return queue;
    }

    private void Listen(string queue) => consuming.GetOrAdd(queue, name => ConsumeAsync(name, 2 * parts.Concurrency, steps.Add));

    private Task ConsumeAsync(string queue, int most, Action<IWorkDelivery> take) => parts.Broker.ConsumeAsync(queue, most, take, drain.Token);

    private void Say(string kind, string text) => parts.Notice(new(parts.Time.GetUtcNow(), kind, text));

    /// <summary>Gives signs of life until all is done; true where none was heard for too long.</summary>
    private async Task<bool> BeatAsync()
    {
        var heard = parts.Time.GetTimestamp();
        while (!leave.IsCancellationRequested && !(IsDraining && steps.UnderWay == 0 && runs.UnderWay == 0))
        {
            var asked = parts.Time.GetTimestamp();
            try
            {
                using var patience = new CancellationTokenSource(WorkBoard.Patience, parts.Time);
                var answer = await parts.Board.BeatAsync(id, steps.UnderWay, runs.UnderWay, patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
                if (!answer.IsKnown)
                {
                    return Lose();
                }

                heard = asked;
                Hear(answer);
            }
            catch (Exception away) when (away is LinodeToolkitException or OperationCanceledException)
            {
                if (IsHeard)
                {
                    IsHeard = false;
                    Say("database-lost", $"no sign of life could be written: {away.Message}");
                }
            }

            if (parts.Time.GetElapsedTime(heard) >= WorkBoard.Patience)
            {
                return Lose();
            }

            await Task.Delay(TimeSpan.FromSeconds(1), parts.Time).ConfigureAwait(false);
        }

        return false;
    }

    private void Hear(BeatAnswer answer)
    {
        if (!IsHeard)
        {
            IsHeard = true;
            Say("database-back", "the database answers again");
        }

        if (answer.IsToDrain && !IsDraining)
        {
            Say("draining", "asked to end: nothing new is taken");
            drain.Cancel();
        }

        steps.Stop(answer.Stopping);
        desks.Tidy();
        if (parts.QueuePerCustomer)
        {
            foreach (var (application, customer) in answer.Customers)
            {
                Listen(WorkQueues.StepsOf(application, customer));
            }
        }
    }

    private bool Lose()
    {
        IsHeard = false;
        parts.Notice(new(parts.Time.GetUtcNow(), "lost", "taken for dead by the others: what it had begun is theirs")
        {
            Problem = WorkProblems.NotHeardOf(parts.Name),
        });
        return true;
    }

    private static async Task EndAsync(Task duty)
    {
        try
        {
            await duty.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Told to end; what else it may be is told where it happens.
        }
    }
}
