using System.Collections.Concurrent;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

public sealed class InOrderExecutorTests : TaskExecutorTests
{
    private protected override ITaskExecutor Executor { get; } = new InOrderExecutor();

    [Fact]
    public async Task Keeps_to_the_order_of_the_graph_whatever_takes_longest()
    {
        var ran = new ConcurrentQueue<string>();
        await RunAsync(Works("a", ran), Works("b", ran) with { Cost = new([], 100) }, Works("c", ran, after: "a"), Works("d", ran));
        Assert.Equal(["a", "b", "c", "d"], ran);
    }
}
