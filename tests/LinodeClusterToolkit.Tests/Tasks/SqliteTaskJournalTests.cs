using LinodeClusterToolkit.Sqlite;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

public sealed class SqliteTaskJournalTests : TaskJournalTests, IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqliteFile file;

    public SqliteTaskJournalTests()
    {
        file = new SqliteFile(folder["store.db"], SqliteTables.Journal);
        Journal = new SqlTaskJournal(file, "linodetool", "me");
    }

    private protected override ITaskJournal Journal { get; }

    [Fact]
    public async Task Shows_nothing_of_another_customer()
    {
        await Journal.WriteAsync(new("7f3a", "a", StepState.Done, 1, null, null, null), default);
        Assert.Empty(await new SqlTaskJournal(file, "linodetool", "you").ReadAsync("7f3a", default));
        Assert.Empty(await new SqlTaskJournal(file, "other", "me").ReadAsync("7f3a", default));
    }

    [Fact]
    public async Task Lets_another_process_resume_after_the_first_died_in_the_middle()
    {
        // Odd steps hang when the first process dies; the second runs on the same file while the first never closed it.
        using var dies = new CancellationTokenSource();
        var hanging = 0;
        TaskStep First(int n) => new($"step {n}", (_, token) =>
        {
            if (n % 2 == 1 && Interlocked.Increment(ref hanging) == 500)
            {
                dies.Cancel();
            }

            return n % 2 == 1 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        });
        var first = await RunAsync(file, Enumerable.Range(0, 1000).Select(First), dies.Token);
        Assert.Equal(RunEnding.Interrupted, first.Ending);

        await using var second = new SqliteFile(file.Path, SqliteTables.Journal);
        var again = new SortedSet<int>();
        var seen = new Lock();
        TaskStep Second(int n) => new($"step {n}", (context, _) =>
        {
            lock (seen)
            {
                Assert.True(context.StartedBefore);
                again.Add(n);
            }

            return Task.CompletedTask;
        });
        var outcome = await RunAsync(second, Enumerable.Range(0, 1000).Select(Second), default);
        Assert.Equal(RunEnding.Done, outcome.Ending);
        Assert.Superset(Enumerable.Range(0, 500).Select(n => (2 * n) + 1).ToHashSet(), again);
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        folder.Dispose();
    }

    private static Task<RunOutcome> RunAsync(SqliteFile file, IEnumerable<TaskStep> steps, CancellationToken cancellation)
    {
        var journal = new SqlTaskJournal(file, "linodetool", "me");
        var run = new TaskRun("7f3a", journal, new Recorder(), TimeProvider.System, default, RetryBudget.None, false);
        return new ParallelExecutor().RunAsync(TaskGraph.Build(steps), run, cancellation);
    }
}
