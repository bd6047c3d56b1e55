using LinodeClusterToolkit.Diagnostics;
using Polly;
using Polly.Retry;

namespace LinodeClusterToolkit.Tasks;

/// <summary>How a step's work ended.</summary>
/// <param name="Position">The step.</param>
/// <param name="Outcome">What became of it; in state Started where it was interrupted.</param>
/// <param name="Broken">Set where the end could not be written down or told.</param>
internal sealed record StepEnd(int Position, StepOutcome Outcome, Exception? Broken = null);

/// <summary>Runs one step with its retries and writes down how it ended.</summary>
internal sealed class StepRunner : IStepRunner
{
    private static readonly ResiliencePropertyKey<Tries> Key = new("tries");
    private readonly TaskRun run;
    private readonly OneAtATime observer;
    private readonly CancellationToken cancellation;
    private readonly CancellationToken halt;
    private readonly ResiliencePipeline pipeline;

    /// <param name="run">What the run works with.</param>
    /// <param name="observer">Sees what happens.</param>
    /// <param name="cancellation">Ends the work of steps.</param>
    /// <param name="halt">Ends pauses between tries: cancelled with <paramref name="cancellation"/> and with the run's stop.</param>
    public StepRunner(TaskRun run, OneAtATime observer, CancellationToken cancellation, CancellationToken halt)
    {
        (this.run, this.observer, this.cancellation, this.halt) = (run, observer, cancellation, halt);
        pipeline = Build();
    }

    public static IStepRunner Make(TaskRun run, OneAtATime observer, CancellationToken cancellation, CancellationToken halt) =>
        new StepRunner(run, observer, cancellation, halt);

    // Written together and awaited once: the journal makes them durable in one go.
    public Task<bool[]> BeginAsync(IReadOnlyList<StepStart> batch, CancellationToken token) =>
        Task.WhenAll(batch.Select(start => run.Journal.TryBeginAsync(start.Entry, token)));

    public Task<StepEnd> RunAsync(StepStart start) => StepTelemetry.RunAsync(run, start.Step, () => ToEndAsync(start));

    private async Task<StepEnd> ToEndAsync(StepStart start)
    {
        var (position, step, begun, startedBefore) = start;

        // Of a step that was begun several times only the first is known.
        var ago = begun is { Attempts: 2, Started: { } first } ? run.Time.GetUtcNow() - first : TimeSpan.Zero;
        var tries = new Tries(step, begun, startedBefore, ago);
        var began = run.Time.GetTimestamp();
        var context = ResilienceContextPool.Shared.Get(halt);
        context.Properties.Set(Key, tries);
        var result = await pipeline.ExecuteOutcomeAsync(TryAsync, context, tries).ConfigureAwait(false);
        ResilienceContextPool.Shared.Return(context);

        var took = run.Time.GetElapsedTime(began);
        if (result.Exception is not { } thrown)
        {
            return await EndAsync(position, tries, StepState.Done, null, to => to.Finished(step, tries.Count, took)).ConfigureAwait(false);
        }

        if (cancellation.IsCancellationRequested || (run.Stop.IsCancellationRequested && Unfinished(thrown)))
        {
            return new(position, tries.Outcome(StepState.Started, null, null));
        }

        var problem = TaskProblems.From(step.Name, thrown);
        return await EndAsync(position, tries, StepState.Failed, problem, to => to.Failed(step, tries.Count, took, problem)).ConfigureAwait(false);
    }

    private ResiliencePipeline Build()
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = run.Time };
        if (run.Retries.Tries > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = run.Retries.Tries - 1,
                Delay = run.Retries.FirstDelay,
                MaxDelay = run.Retries.LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = run.Retries.Jitter,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } thrown && run.IsTransient(thrown)),
                OnRetry = TellRetry,
            });
        }

        return builder.Build();
    }

    private async ValueTask<Outcome<bool>> TryAsync(ResilienceContext context, Tries tries)
    {
        try
        {
            await run.Demand().ConfigureAwait(false);
            tries.Count++;
            if (tries.Count > 1)
            {
                await run.Journal.WriteAsync(tries.Entry(StepState.Started, null, null), cancellation).ConfigureAwait(false);
            }

            observer.Tell(to => to.Started(tries.Step, tries.Count));
            await tries.Step.Work!(tries.Context(run.Stop, note => observer.Tell(to => to.Waiting(tries.Step, note))), cancellation)
                .ConfigureAwait(false);
            return Outcome.FromResult(true);
        }
        catch (Exception thrown)
        {
            return Outcome.FromException<bool>(thrown);
        }
    }

    private ValueTask TellRetry(OnRetryArguments<object> retry)
    {
        if (retry.Context.Properties.TryGetValue(Key, out var tries) && retry.Outcome.Exception is { } thrown)
        {
            var problem = TaskProblems.From(tries.Step.Name, thrown);
            observer.Tell(to => to.Retrying(tries.Step, tries.Count + 1, retry.RetryDelay, problem));
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Whether it would have gone on had the run not been stopped: it gave up its wait, or was about to be tried again.</summary>
    private bool Unfinished(Exception thrown) => thrown is OperationCanceledException || run.IsTransient(thrown);

    private async Task<StepEnd> EndAsync(int position, Tries tries, StepState state, Problem? problem, Action<ITaskObserver> tell)
    {
        var ended = run.Time.GetUtcNow();

        // What happened has happened: it is written down even when the run is being left.
        await run.Journal.WriteAsync(tries.Entry(state, ended, problem), CancellationToken.None).ConfigureAwait(false);
        observer.Tell(tell);
        return new(position, tries.Outcome(state, ended, problem));
    }

    /// <summary>The tries of one step in this run.</summary>
    private sealed class Tries(TaskStep step, JournalEntry begun, bool startedBefore, TimeSpan ago)
    {
        public TaskStep Step => step;

        public int Count { get; set; }

        public StepContext Context(CancellationToken stopping, Action<string> note) =>
            new(startedBefore || Count > 1, Count, note) { Stopping = stopping, BegunAgo = startedBefore ? ago : null };

        // The entry counts the first try of this run already.
        public JournalEntry Entry(StepState state, DateTimeOffset? ended, Problem? problem) =>
            begun with { State = state, Attempts = begun.Attempts + Math.Max(0, Count - 1), Ended = ended, Problem = problem?.ToString() };

        public StepOutcome Outcome(StepState state, DateTimeOffset? ended, Problem? problem) =>
            new(step.Name, state, begun.Attempts + Math.Max(0, Count - 1), begun.Started, ended, problem);
    }
}
