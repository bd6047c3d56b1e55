using System.Diagnostics;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Tasks;

public sealed class LeastTimeModelTests
{
    private static readonly Dictionary<string, CallLimit> Limits = new()
    {
        ["create"] = new(20, TimeSpan.FromSeconds(15)),
        ["volume"] = new(2, TimeSpan.FromSeconds(60)),
    };

    [Fact]
    public void Eighty_two_creates_wait_for_the_fifth_window()
    {
        // Windows open at 0, 15, 30, 45 and 60 s; the last two creates go out at 60 s and take 60 s.
        var ideal = Play(Enumerable.Range(1, 82).Select(n => Step($"create {n}", 60, "create")));
        Assert.Equal(TimeSpan.FromSeconds(120), ideal.Time);
        Assert.Equal(82, ideal.TotalCalls);
        Assert.Equal("82 create calls at 20 per 15s: 1m00s, then create 81: 1m00s", ideal.Because);
    }

    [Fact]
    public void What_others_wait_for_goes_first()
    {
        // The last given create has 100 s of work behind it, so it goes in the first window: 60 + 100, not 75 + 100.
        var creates = Enumerable.Range(1, 24).Select(n => Step($"create {n}", 60, "create"));
        var ideal = Play([.. creates, Step("create db", 60, "create"), After("load", "create db", 100)]);
        Assert.Equal(TimeSpan.FromSeconds(160), ideal.Time);
        Assert.Equal(["create db", "load"], ideal.Chain);
        Assert.Equal("create db → load: 2m40s", ideal.Because);
    }

    [Fact]
    public void A_window_opens_with_its_first_call_not_on_the_clock()
    {
        // volume calls come at 0 (create a), 50 (b) and 50 (c): the window of 0 ends at 60, so c goes at 60.
        var ideal = Play([Step("a", 50, "volume"), After("b", "a", 1, "volume"), After("c", "a", 1, "volume")]);
        Assert.Equal(TimeSpan.FromSeconds(61), ideal.Time);

        // Nothing calls between 60 and 200: the next window opens at 200 and lets both through.
        var late = Play([Step("a", 200, "volume"), After("b", "a", 1, "volume"), After("c", "a", 1, "volume")]);
        Assert.Equal(TimeSpan.FromSeconds(201), late.Time);
    }

    [Fact]
    public void Calls_of_a_step_go_one_after_the_other_and_count_by_class()
    {
        // Two volume calls at 0, the third waits for 60; then its 5 s.
        var ideal = Play([Step("a", 5, "volume", "create", "volume", "free", "volume")]);
        Assert.Equal(TimeSpan.FromSeconds(65), ideal.Time);
        Assert.Equal(3, ideal.Calls["volume"]);
        Assert.Equal(1, ideal.Calls["create"]);
        Assert.Equal(1, ideal.Calls["free"]);
    }

    [Fact]
    public void Milestones_join_and_take_no_time()
    {
        var ideal = Play([
            Step("a", 10), Step("b", 30), new TaskStep("both") { After = ["a", "b"] }, After("c", "both", 5),
            new TaskStep("end") { After = ["c"] }]);
        Assert.Equal(TimeSpan.FromSeconds(35), ideal.Time);
        Assert.Equal(["b", "c"], ideal.Chain);
    }

    [Fact]
    public void Takes_the_real_seconds_where_they_are_known()
    {
        var graph = TaskGraph.Build([Step("a", 60, "create"), After("b", "a", 10)]);
        var ideal = LeastTimeModel.Of(graph, Limits, new Dictionary<string, double> { ["a"] = 41.5 });
        Assert.Equal(TimeSpan.FromSeconds(51.5), ideal.Time);
    }

    [Fact]
    public void An_empty_graph_takes_nothing() => Assert.Equal("nothing to do", Play([]).Because);

    [Fact]
    public void Plays_ten_thousand_nodes_quickly()
    {
        IEnumerable<TaskStep> Node(int n) =>
        [
            Step($"create {n}", 60, "create"), After($"wait {n}", $"create {n}", 30),
            After($"tag {n}", $"wait {n}", 0, "free"), After($"end {n}", $"tag {n}", 1),
        ];
        var graph = TaskGraph.Build(Enumerable.Range(0, 10_000).SelectMany(Node));
        var watch = Stopwatch.StartNew();
        var ideal = LeastTimeModel.Of(graph, Limits);

        // 500 windows: the last opens at 499 × 15 s, and its nodes take 91 s.
        Assert.Equal(TimeSpan.FromSeconds((499 * 15) + 91), ideal.Time);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static IdealRun Play(IEnumerable<TaskStep> steps) => LeastTimeModel.Of(TaskGraph.Build(steps), Limits);

    private static TaskStep Step(string name, double seconds, params string[] calls) => new(name) { Cost = new(calls, seconds) };

    private static TaskStep After(string name, string after, double seconds, params string[] calls) =>
        Step(name, seconds, calls) with { After = [after] };
}
