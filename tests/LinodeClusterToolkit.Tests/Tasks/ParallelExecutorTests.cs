using System.Collections.Concurrent;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

public sealed class ParallelExecutorTests : TaskExecutorTests
{
    private protected override ITaskExecutor Executor { get; } = new ParallelExecutor();

    [Fact]
    public async Task Starts_the_longest_remaining_path_first_and_then_keeps_the_order_of_the_graph()
    {
        var ran = new ConcurrentQueue<string>();
        TaskStep Takes(string name, double seconds, string? after = null) => Works(name, ran, after) with { Cost = new([], seconds) };
        await RunAsync(
            Takes("web-1", 60), Takes("web-2", 60), Takes("db", 60), Takes("load db", 100, "db"), Takes("big", 90));
        Assert.Equal(["db", "big", "web-1", "web-2", "load db"], ran);
    }

    [Fact]
    public async Task Runs_everything_that_may_run_side_by_side()
    {
        var all = new TaskCompletionSource();
        var count = 0;
        Task Meet(StepContext context)
        {
            if (Interlocked.Increment(ref count) == 50)
            {
                all.SetResult();
            }

            return all.Task;
        }

        var outcome = await RunAsync([.. Enumerable.Range(0, 50).Select(n => Step($"step {n}", Meet))]);
        Assert.Equal(50, outcome.Count(StepState.Done));
    }

    [Fact]
    public async Task Keeps_to_a_width_it_was_given()
    {
        var (now, most) = (0, 0);
        async Task Work(StepContext context)
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
        }

        var graph = TaskGraph.Build(Enumerable.Range(0, 100).Select(n => Step($"step {n}", Work)));
        var outcome = await new ParallelExecutor(maxSteps: 3).RunAsync(graph, Run(), default);
        Assert.Equal(100, outcome.Count(StepState.Done));
        Assert.InRange(most, 1, 3);
    }
}
