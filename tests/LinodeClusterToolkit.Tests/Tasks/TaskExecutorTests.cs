using System.Collections.Concurrent;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

/// <summary>What every executor does, whatever its order.</summary>
public abstract class TaskExecutorTests
{
    private readonly Recorder recorder = new();
    private readonly MemoryTaskJournal journal = new();
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource leave = new();

    private protected abstract ITaskExecutor Executor { get; }

    [Fact]
    public async Task Runs_a_step_only_after_what_it_comes_after()
    {
        var ran = new ConcurrentQueue<string>();
        var outcome = await RunAsync(
            Works("c", ran, after: "b"), Works("b", ran, after: "a"), Works("a", ran), new TaskStep("all") { After = ["c"] });
        Assert.Equal(["a", "b", "c"], ran);
        Assert.Equal(RunEnding.Done, outcome.Ending);
        Assert.Equal("a: Done; b: Done; c: Done; all: Done", Summary(outcome));
        Assert.Equal("run", outcome.Run);
    }

    [Fact]
    public async Task Skips_what_hangs_on_a_failed_step_and_finishes_the_rest()
    {
        var outcome = await RunAsync(
            Fails("create web-1"), Works("create db-1"), Works("boot web-1", after: "create web-1"), Works("tag web-1", after: "boot web-1"));
        Assert.Equal("create web-1: Failed; create db-1: Done; boot web-1: Skipped; tag web-1: Skipped", Summary(outcome));
        Assert.Equal(RunEnding.Failed, outcome.Ending);
        Assert.Equal("not run since 'create web-1' failed", outcome.Steps[3].Problem!.What);
        Assert.Contains("skipped tag web-1: create web-1", recorder.Lines);
        Assert.Equal(2, outcome.Count(StepState.Skipped));
    }

    [Fact]
    public async Task Starts_nothing_new_after_a_failure_when_told_so()
    {
        var outcome = await RunAsync(Run() with { StopOnFailure = true }, Fails("a"), Works("b"), Works("c", after: "b"));
        Assert.Equal(RunEnding.Failed, outcome.Ending);
        Assert.Equal(StepState.Waiting, outcome.Steps[2].State);
    }

    [Fact]
    public async Task Releases_a_barrier_with_enough_but_not_before_all_have_ended()
    {
        var ran = new ConcurrentQueue<string>();
        var outcome = await RunAsync(
            Works("a", ran), Fails("b"), Works("c", ran), Barrier(2, "a", "b", "c"), Works("after", ran, after: "barrier"));
        Assert.Equal(["a", "after", "c"], ran.Order());
        Assert.Equal("after", ran.Last());
        Assert.Equal("a: Done; b: Failed; c: Done; barrier: Done; after: Done", Summary(outcome));
    }

    [Fact]
    public async Task Fails_a_barrier_by_name_when_too_few_got_there()
    {
        var outcome = await RunAsync(Works("a"), Fails("b"), Fails("c"), Barrier(2, "a", "b", "c"), Works("after", after: "barrier"));
        Assert.Equal("a: Done; b: Failed; c: Failed; barrier: Failed; after: Skipped", Summary(outcome));
        Assert.Equal("only 1 of at least 2 ended well for 'barrier'", outcome.Steps[3].Problem!.What);
        Assert.Contains("skipped after: barrier", recorder.Lines);
        Assert.Equal(StepState.Failed, (await EntryAsync("barrier")).State);
    }

    [Fact]
    public async Task Writes_the_start_before_the_work_and_the_end_after_it()
    {
        StepState? during = null;
        await RunAsync(Step("a", async _ => during = (await EntryAsync("a")).State));
        Assert.Equal(StepState.Started, during);
        var entry = await EntryAsync("a");
        Assert.Equal((StepState.Done, 1), (entry.State, entry.Attempts));
        Assert.NotNull(entry.Started);
        Assert.NotNull(entry.Ended);
    }

    [Fact]
    public async Task Does_not_begin_the_work_before_its_start_is_durable()
    {
        var slow = new SlowJournal();
        var ran = new ConcurrentQueue<string>();
        var running = RunAsync(Run() with { Journal = slow }, Works("a", ran));
        await slow.Asked;
        Assert.Empty(ran);
        slow.Durable.SetResult();
        await running;
        Assert.Equal(["a"], ran);
    }

    [Fact]
    public async Task Retries_what_may_go_away_with_growing_pauses_and_says_it_was_begun_before()
    {
        var seen = new List<string>();
        var outcome = await RunAsync(Step("a", context =>
        {
            seen.Add($"{context.Attempt} {context.StartedBefore}");
            return seen.Count < 3 ? throw new TimeoutException("slow") : Task.CompletedTask;
        }));
        Assert.Equal(["1 False", "2 True", "3 True"], seen);
        Assert.Equal((StepState.Done, 3), (outcome.Steps[0].State, outcome.Steps[0].Attempts));
        Assert.Equal(3, (await EntryAsync("a")).Attempts);
        var pauses = recorder.Lines.Where(line => line.StartsWith("retrying", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, pauses.Length);
        Assert.All(pauses, line => Assert.EndsWith(": LCT9001", line, StringComparison.Ordinal));
        Assert.Contains("started a 3", recorder.Lines);
        Assert.True(outcome.Elapsed > TimeSpan.FromSeconds(1), "pauses are counted");
    }

    [Fact]
    public async Task Gives_up_when_the_budget_is_spent()
    {
        var tries = 0;
        var outcome = await RunAsync(Step("a", _ => throw new TimeoutException($"try {++tries}")));
        Assert.Equal(4, tries);
        Assert.Equal((StepState.Failed, 4), (outcome.Steps[0].State, outcome.Steps[0].Attempts));
        Assert.Equal("step 'a' ended in TimeoutException: try 4", outcome.Steps[0].Problem!.What);
    }

    [Fact]
    public async Task Does_not_retry_what_is_for_good_and_keeps_its_own_problem()
    {
        var refused = new Problem("LCT5002", "the API refused it");
        var outcome = await RunAsync(Step("a", _ => throw new LinodeToolkitException(refused)));
        Assert.Same(refused, outcome.Steps[0].Problem);
        Assert.Equal(1, outcome.Steps[0].Attempts);
        Assert.Equal(refused.ToString(), (await EntryAsync("a")).Problem);
    }

    [Fact]
    public async Task Calls_an_unforeseen_exception_a_bug_without_its_stack()
    {
        var problem = (await RunAsync(Step("a", _ => throw new InvalidOperationException("oops")))).Steps[0].Problem!;
        Assert.Equal(("LCT9001", "step 'a' ended in InvalidOperationException: oops"), (problem.Code, problem.What));
        Assert.DoesNotContain(" at ", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_what_its_problem_calls_retryable_by_default()
    {
        var tries = 0;
        var run = new TaskRun("run", journal, recorder, new SkippingTime(), default, new(2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), false);
        await RunAsync(run, Step("a", _ => throw new LinodeToolkitException(new Problem("LCT5001", "gone") { Retryable = ++tries < 9 })));
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_resumed_run_does_not_repeat_what_is_done_and_warns_what_was_begun()
    {
        await journal.WriteAsync(new("run", "done", StepState.Done, 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null), default);
        await journal.WriteAsync(new("run", "begun", StepState.Started, 2, DateTimeOffset.UnixEpoch, null, null), default);
        await journal.WriteAsync(new("run", "skipped", StepState.Skipped, 0, null, DateTimeOffset.UnixEpoch, "old"), default);
        var seen = new ConcurrentDictionary<string, bool>();
        TaskStep Sees(string name, params string[] after) => Step(name, context =>
        {
            seen[name] = context.StartedBefore;
            return Task.CompletedTask;
        }) with { After = after };

        var outcome = await RunAsync(Sees("done"), Sees("begun", "done"), Sees("skipped", "begun"), Sees("new", "done"));
        Assert.Equal(["begun True", "new False", "skipped False"], seen.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(RunEnding.Done, outcome.Ending);
        Assert.Contains("already done done", recorder.Lines);
        var entry = await EntryAsync("begun");
        Assert.Equal((StepState.Done, 3, DateTimeOffset.UnixEpoch), (entry.State, entry.Attempts, entry.Started));
        Assert.Null((await EntryAsync("skipped")).Problem);
    }

    [Fact]
    public async Task A_barrier_that_failed_before_is_judged_anew()
    {
        var broken = true;
        TaskStep[] steps = [Step("a", _ => broken ? throw new InvalidOperationException() : Task.CompletedTask), Barrier(1, "a")];
        Assert.Equal("a: Failed; barrier: Failed", Summary(await RunAsync(steps)));
        broken = false;
        Assert.Equal("a: Done; barrier: Done", Summary(await RunAsync(steps)));
        Assert.Equal(StepState.Done, (await EntryAsync("barrier")).State);
    }

    [Fact]
    public async Task Stop_lets_the_running_step_end_and_starts_no_other()
    {
        var outcome = await RunAsync(
            Step("a", async _ =>
            {
                await stop.CancelAsync();
                await Task.Yield();
            }),
            Works("b", after: "a"));
        Assert.Equal(RunEnding.Interrupted, outcome.Ending);
        Assert.Equal("a: Done; b: Waiting", Summary(outcome));
    }

    [Fact]
    public async Task Stop_lets_a_long_wait_give_up_and_leaves_the_step_to_be_resumed()
    {
        var outcome = await RunAsync(Step("a", async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.Stopping);
        }));
        Assert.Equal(RunEnding.Interrupted, outcome.Ending);
        Assert.Equal("a: Started", Summary(outcome));
        Assert.Equal(StepState.Started, (await EntryAsync("a")).State);
    }

    [Fact]
    public async Task Stop_ends_the_pause_before_a_retry()
    {
        var time = new FrozenTime();
        var running = RunAsync(Run() with { Time = time }, Step("a", _ => throw new TimeoutException()));
        await time.Paused;
        await stop.CancelAsync();
        var outcome = await running;
        Assert.Equal((RunEnding.Interrupted, "a: Started"), (outcome.Ending, Summary(outcome)));
    }

    [Fact]
    public async Task Leaves_at_once_when_cancelled_even_if_a_step_does_not_listen()
    {
        var begun = new TaskCompletionSource();
        var deaf = new TaskCompletionSource();
        var running = RunAsync(Step("a", _ =>
        {
            begun.SetResult();
            return deaf.Task;
        }));
        await begun.Task;
        await leave.CancelAsync();
        var outcome = await running;
        Assert.Equal((RunEnding.Interrupted, "a: Started"), (outcome.Ending, Summary(outcome)));
        Assert.Equal(StepState.Started, (await EntryAsync("a")).State);
        deaf.SetResult();
    }

    [Fact]
    public async Task Ends_with_the_journals_failure_and_runs_nothing_it_cannot_write_down()
    {
        var full = new FullJournal();
        var ran = new ConcurrentQueue<string>();
        var thrown = await Assert.ThrowsAsync<LinodeToolkitException>(() =>
            RunAsync(Run() with { Journal = full }, Works("a", ran), Works("b", ran, after: "a")));
        Assert.Equal("LCT7104", thrown.Problem.Code);
        Assert.Equal(["a"], ran);
    }

    [Fact]
    public async Task Ends_with_the_failure_of_an_observer_instead_of_hanging()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            RunAsync(Run() with { Observer = new BrokenObserver() }, Works("a")));
        Assert.Equal("broken pipe", thrown.Message);
    }

    [Fact]
    public async Task Tells_what_a_step_waits_for()
    {
        await RunAsync(Step("a", context =>
        {
            context.Note("booting");
            return Task.CompletedTask;
        }));
        Assert.Equal(["queued a", "started a 1", "waiting a: booting", "finished a in 0 s"], recorder.Lines);
    }

    [Fact]
    public async Task Runs_forty_thousand_steps_in_seconds()
    {
        var ran = 0;
        TaskStep Counts(string name, params string[] after) => Step(name, _ =>
        {
            Interlocked.Increment(ref ran);
            return Task.CompletedTask;
        }) with { After = after };

        var steps = Enumerable.Range(0, 10_000).SelectMany(n => new[]
        {
            Counts($"create {n}"), Counts($"boot {n}", $"create {n}"), Counts($"volume {n}", $"create {n}"),
            Counts($"end {n}", $"boot {n}", $"volume {n}"),
        });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var outcome = await RunAsync([.. steps]);
        Assert.Equal((40_000, RunEnding.Done), (ran, outcome.Ending));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private protected TaskRun Run() =>
        new("run", journal, recorder, new SkippingTime(), stop.Token, new(4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)), false)
        {
            IsTransient = thrown => thrown is TimeoutException,
        };

    private protected Task<RunOutcome> RunAsync(params TaskStep[] steps) => RunAsync(Run(), steps);

    private protected Task<RunOutcome> RunAsync(TaskRun run, params TaskStep[] steps) =>
        Executor.RunAsync(TaskGraph.Build(steps), run, leave.Token);

    private protected static TaskStep Step(string name, Func<StepContext, Task> work) => new(name, (context, _) => work(context));

    private protected static TaskStep Works(string name, ConcurrentQueue<string>? ran = null, string? after = null) => Step(name, _ =>
    {
        ran?.Enqueue(name);
        return Task.CompletedTask;
    }) with { After = after is null ? [] : [after] };

    private static TaskStep Fails(string name) => Step(name, _ => throw new InvalidOperationException("no"));

    private static TaskStep Barrier(int atLeast, params string[] after) => new("barrier") { After = after, AtLeast = atLeast };

    private protected static string Summary(RunOutcome outcome) => string.Join("; ", outcome.Steps.Select(step => $"{step.Name}: {step.State}"));

    private async Task<JournalEntry> EntryAsync(string step) => (await journal.ReadAsync("run", default)).Single(entry => entry.Step == step);

    /// <summary>Knows nothing, and keeps nothing.</summary>
    private abstract class StandInJournal : ITaskJournal
    {
        public Task<IReadOnlyList<JournalEntry>> ReadAsync(string run, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<JournalEntry>>([]);

        public abstract Task WriteAsync(JournalEntry entry, CancellationToken cancellation);

        public async Task<bool> TryBeginAsync(JournalEntry entry, CancellationToken cancellation)
        {
            await WriteAsync(entry, cancellation);
            return true;
        }

        public Task EnterAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation) => Task.CompletedTask;

        public Task<bool> TryCancelAsync(string run, string step, CancellationToken cancellation) => Task.FromResult(false);

        public Task ForgetAsync(string run, IReadOnlyCollection<string> steps, CancellationToken cancellation) => Task.CompletedTask;

        public ITaskJournal Under(Lease lease) => this;
    }

    /// <summary>Takes its time until told that what it was given is durable.</summary>
    private sealed class SlowJournal : StandInJournal
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => asked.Task;

        public override Task WriteAsync(JournalEntry entry, CancellationToken cancellation)
        {
            asked.TrySetResult();
            return Durable.Task;
        }
    }

    /// <summary>Takes the beginning of the first step and nothing after it.</summary>
    private sealed class FullJournal : StandInJournal
    {
        private int writes;

        public override Task WriteAsync(JournalEntry entry, CancellationToken cancellation) => Interlocked.Increment(ref writes) == 1
            ? Task.CompletedTask
            : Task.FromException(new LinodeToolkitException(new Problem("LCT7104", "disk full")));
    }

    private sealed class BrokenObserver : ITaskObserver
    {
        public void AlreadyDone(TaskStep step)
        {
        }

        public void Queued(TaskStep step)
        {
        }

        public void Started(TaskStep step, int attempt)
        {
        }

        public void Waiting(TaskStep step, string note)
        {
        }

        public void Retrying(TaskStep step, int attempt, TimeSpan delay, Problem problem)
        {
        }

        public void Finished(TaskStep step, int attempts, TimeSpan took) => throw new InvalidOperationException("broken pipe");

        public void Failed(TaskStep step, int attempts, TimeSpan took, Problem problem)
        {
        }

        public void Skipped(TaskStep step, string because)
        {
        }
    }
}
