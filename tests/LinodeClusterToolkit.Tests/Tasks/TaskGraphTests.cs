using System.Diagnostics;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

public sealed class TaskGraphTests
{
    [Fact]
    public void Keeps_the_given_order_wherever_it_can()
    {
        var graph = TaskGraph.Build([Step("c", after: ["a"]), Step("b"), Step("a")]);
        Assert.Equal(["b", "a", "c"], graph.Steps.Select(step => step.Name));
    }

    [Fact]
    public void Merges_after_and_before_and_counts_an_edge_said_twice_once()
    {
        var graph = TaskGraph.Build([Step("a", before: ["c"]), Step("b", before: ["c"]), Step("c", after: ["a"])]);
        Assert.Equal([0, 1], graph.After(graph.Find("c")!.Value));
        Assert.Equal([2], graph.Before(graph.Find("a")!.Value));
    }

    [Fact]
    public void Names_the_cycle()
    {
        var problem = Assert.Single(Wrong(
            Step("x"), Step("a", after: ["x", "c"]), Step("b", after: ["a"]), Step("c", after: ["b"]), Step("z", after: ["c"])));
        Assert.Equal("LCT9103", problem.Code);
        Assert.Equal("steps wait for each other: b → c → a → b", problem.What);
    }

    [Fact]
    public void Names_a_step_that_waits_for_itself() =>
        Assert.Equal("steps wait for each other: a → a", Assert.Single(Wrong(Step("a", after: ["a"]))).What);

    [Fact]
    public void Reports_all_wrong_names_at_once()
    {
        var problems = Wrong(
            Step("create web-1"), Step("create web-1"), Step("boot", after: ["create web-2"]), Step("x", before: ["nothing like it"]));
        Assert.Equal(["LCT9101", "LCT9102", "LCT9102"], problems.Select(problem => problem.Code));
        Assert.Equal("nearest are: create web-1", problems[1].Why);
        Assert.Null(problems[2].Why);
    }

    [Fact]
    public void Refuses_a_minimum_that_cannot_be_reached() =>
        Assert.Equal("'gate' wants at least 2 of 1 steps", Assert.Single(Wrong(Step("a"), Step("gate", after: ["a"]) with { AtLeast = 2 })).What);

    [Fact]
    public void Ranks_a_step_by_the_longest_path_that_hangs_on_it()
    {
        var graph = TaskGraph.Build([
            Step("long", seconds: 30), Step("short", seconds: 10), Step("start", seconds: 5, before: ["long", "short"])]);
        Assert.Equal(35, graph.RemainingSeconds(graph.Find("start")!.Value));
        Assert.Equal(10, graph.RemainingSeconds(graph.Find("short")!.Value));
    }

    [Fact]
    public void Builds_forty_thousand_steps_in_no_time()
    {
        IEnumerable<TaskStep> Node(int n) =>
        [
            Step($"create {n}"), Step($"boot {n}", after: [$"create {n}"]), Step($"volume {n}", after: [$"create {n}"]),
            Step($"ready {n}", after: [$"boot {n}", $"volume {n}"], before: ["all"]),
        ];
        var steps = Enumerable.Range(0, 10_000).SelectMany(Node).Append(Step("all")).ToArray();
        var watch = Stopwatch.StartNew();
        var graph = TaskGraph.Build(steps);
        Assert.Equal(40_001, graph.Steps.Count);
        Assert.Equal("all", graph.Steps[^1].Name);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static TaskStep Step(string name, string[]? after = null, string[]? before = null, double seconds = 0) => new(name)
    {
        After = after ?? [], Before = before ?? [], Cost = new([], seconds),
    };

    private static IReadOnlyList<Problem> Wrong(params TaskStep[] steps) =>
        Assert.Throws<LinodeToolkitException>(() => TaskGraph.Build(steps)).Problems;
}
