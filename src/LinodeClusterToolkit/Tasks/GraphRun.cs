using System.Threading.Channels;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tasks;

/// <summary>Makes what carries the steps of a run out.</summary>
/// <param name="run">What the run works with.</param>
/// <param name="observer">Sees what happens.</param>
/// <param name="cancellation">Ends the work of steps.</param>
/// <param name="halt">Ends pauses: cancelled with <paramref name="cancellation"/> and with the run's stop.</param>
internal delegate IStepRunner MakeRunner(TaskRun run, OneAtATime observer, CancellationToken cancellation, CancellationToken halt);

/// <summary>One run of a graph: a single loop decides what starts, steps run beside it and report back.</summary>
/// <param name="graph">The steps.</param>
/// <param name="run">What the run works with.</param>
/// <param name="byPriority">True starts the longest remaining path first, false keeps to the order of the graph.</param>
/// <param name="maxSteps">Most steps under way at once.</param>
/// <param name="makeRunner">Makes what carries steps out; null runs them in this process.</param>
internal sealed class GraphRun(TaskGraph graph, TaskRun run, bool byPriority, int maxSteps, MakeRunner? makeRunner = null)
{
    private readonly Frontier frontier = new(graph);
    private readonly Queue<Decision> decisions = new();
    private readonly PriorityQueue<int, (double Remaining, int Position)> ready = new();
    private readonly StepOutcome?[] outcomes = new StepOutcome?[graph.Steps.Count];
    private readonly Channel<StepEnd> ends = Channel.CreateUnbounded<StepEnd>(new() { SingleReader = true });
    private readonly OneAtATime observer = new(run.Observer);
    private readonly List<Task> asides = [];
    private Dictionary<string, JournalEntry> known = [];
    private Exception? broken;
    private bool failed;
    private int underWay;

    private bool MayStart =>
        !run.Stop.IsCancellationRequested && broken is null && !(failed && run.StopOnFailure);

    public async Task<RunOutcome> RunAsync(CancellationToken cancellation)
    {
        var began = run.Time.GetTimestamp();
        using var halt = CancellationTokenSource.CreateLinkedTokenSource(run.Stop, cancellation);
        var runner = (makeRunner ?? StepRunner.Make)(run, observer, cancellation, halt.Token);
        try
        {
            var entries = await run.Journal.ReadAsync(run.Id, cancellation).ConfigureAwait(false);
            known = entries.ToDictionary(entry => entry.Step, StringComparer.Ordinal);
            frontier.Open(decisions);
            Settle();
            do
            {
                await StartReadyAsync(runner, cancellation).ConfigureAwait(false);
            }
            while (await TakeEndsAsync(cancellation).ConfigureAwait(false));

            await Task.WhenAll(asides).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Left at once: steps under way were begun in the journal, which is all a resume needs.
        }

        if (broken is not null)
        {
            throw broken;
        }

        return Outcome(run.Time.GetElapsedTime(began));
    }

    private async Task StartReadyAsync(IStepRunner runner, CancellationToken cancellation)
    {
        // What was cancelled meanwhile decides about others, which may be ready by that.
        while (MayStart && underWay < maxSteps && ready.Count > 0)
        {
            await StartBatchAsync(runner, cancellation).ConfigureAwait(false);
        }
    }

    private async Task StartBatchAsync(IStepRunner runner, CancellationToken cancellation)
    {
        var batch = new List<StepStart>();
        while (MayStart && underWay + batch.Count < maxSteps && ready.TryDequeue(out var position, out _))
        {
            batch.Add(StartOf(position));
        }

        bool[] begun;
        try
        {
            begun = await runner.BeginAsync(batch, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            broken = failure;
            return;
        }

        // Called one after the other up to their first wait, so that calls queue up for a rate limit in the order of priority.
        foreach (var (start, mayRun) in batch.Zip(begun))
        {
            if (!mayRun)
            {
                EndCancelled(start.Position);
                continue;
            }

            underWay++;
            outcomes[start.Position] = new(start.Entry.Step, StepState.Started, start.Entry.Attempts, start.Entry.Started, null, null);
            _ = ReportAsync(start.Position, runner.RunAsync(start));
        }

        Settle();
    }

    private async Task ReportAsync(int position, Task<StepEnd> step)
    {
        try
        {
            ends.Writer.TryWrite(await step.ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            ends.Writer.TryWrite(new(position, outcomes[position]!, failure));
        }
    }

    /// <summary>Waits for one end and takes all that are there; false when nothing is under way.</summary>
    private async Task<bool> TakeEndsAsync(CancellationToken cancellation)
    {
        if (underWay == 0)
        {
            return false;
        }

        var end = await ends.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        do
        {
            underWay--;
            broken ??= end.Broken;
            if (end.Outcome.State is StepState.Started)
            {
                outcomes[end.Position] = end.Outcome;
                continue;
            }

            End(end.Position, end.Outcome);
        }
        while (ends.Reader.TryRead(out end));

        Settle();
        return true;
    }

    private StepStart StartOf(int position)
    {
        var step = graph.Steps[position];
        var last = known.GetValueOrDefault(step.Name);
        var entry = new JournalEntry(
            run.Id, step.Name, StepState.Started, (last?.Attempts ?? 0) + 1, last?.Started ?? run.Time.GetUtcNow(), null, null);
        return new(position, step, entry, Before: last is { Attempts: > 0 });
    }

    private void End(int position, StepOutcome outcome)
    {
        outcomes[position] = outcome;
        failed |= outcome.State is StepState.Failed or StepState.Cancelled;
        frontier.End(position, outcome.State is StepState.Done, decisions);
    }

    /// <summary>Carries out what the last ends decided; milestones and steps done before end here and decide further.</summary>
    private void Settle()
    {
        while (decisions.TryDequeue(out var decision))
        {
            var step = graph.Steps[decision.Position];
            switch (decision.Verdict)
            {
                case Verdict.Skipped:
                    var because = graph.Steps[decision.Cause].Name;
                    EndAside(decision.Position, StepState.Skipped, TaskProblems.NotRun(step.Name, because));
                    observer.Tell(to => to.Skipped(step, because));
                    break;
                case Verdict.BelowMinimum:
                    var problem = TaskProblems.BelowMinimum(
                        step.Name, frontier.Well(decision.Position), step.AtLeast ?? 0, graph.After(decision.Position).Count);
                    EndAside(decision.Position, StepState.Failed, problem);
                    observer.Tell(to => to.Failed(step, 0, TimeSpan.Zero, problem));
                    break;
                case Verdict.Ready when known.GetValueOrDefault(step.Name) is { State: StepState.Cancelled } && step.Work is not null:
                    EndCancelled(decision.Position);
                    break;
                case Verdict.Ready when known.GetValueOrDefault(step.Name) is { State: StepState.Failed } left
                    && step.Work is not null && run.IsLeft(step.Name):
                    var why = TaskProblems.LeftFailed(step.Name, left.Problem);
                    End(decision.Position, new(step.Name, StepState.Failed, left.Attempts, left.Started, left.Ended, why));
                    observer.Tell(to => to.Failed(step, 0, TimeSpan.Zero, why));
                    break;
                case Verdict.Ready when step.Work is null:
                    EndAside(decision.Position, StepState.Done, null);
                    break;
                case Verdict.Ready when known.GetValueOrDefault(step.Name) is { State: StepState.Done } done:
                    End(decision.Position, new(step.Name, StepState.Done, done.Attempts, done.Started, done.Ended, null));
                    observer.Tell(to => to.AlreadyDone(step));
                    break;
                default:
                    ready.Enqueue(decision.Position, (byPriority ? -graph.RemainingSeconds(decision.Position) : 0, decision.Position));
                    observer.Tell(to => to.Queued(step));
                    break;
            }
        }
    }

    private void EndCancelled(int position)
    {
        var step = graph.Steps[position];
        var problem = TaskProblems.Cancelled(step.Name);
        End(position, new(step.Name, StepState.Cancelled, known.GetValueOrDefault(step.Name)?.Attempts ?? 0, null, run.Time.GetUtcNow(), problem));
        observer.Tell(to => to.Failed(step, 0, TimeSpan.Zero, problem));
    }

    /// <summary>Ends a step without running it. Only people read its entry, so nothing waits for it; a reached milestone leaves none.</summary>
    private void EndAside(int position, StepState state, Problem? problem)
    {
        var name = graph.Steps[position].Name;
        var last = known.GetValueOrDefault(name);
        var outcome = new StepOutcome(name, state, last?.Attempts ?? 0, last?.Started, run.Time.GetUtcNow(), problem);
        End(position, outcome);
        if (last is not null || state is not StepState.Done)
        {
            asides.Add(run.Journal.WriteAsync(
                new(run.Id, name, state, outcome.Attempts, outcome.Started, outcome.Ended, problem?.ToString()), CancellationToken.None));
        }
    }

    private RunOutcome Outcome(TimeSpan elapsed)
    {
        var steps = outcomes.Select((outcome, at) => outcome ?? new(graph.Steps[at].Name, StepState.Waiting, 0, null, null, null)).ToArray();
        var unfinished = steps.Any(step => step.State is StepState.Waiting or StepState.Started);
        var ending = failed && (run.StopOnFailure || !unfinished) ? RunEnding.Failed
            : unfinished ? RunEnding.Interrupted
            : RunEnding.Done;
        return new(run.Id, ending, steps, elapsed);
    }
}
