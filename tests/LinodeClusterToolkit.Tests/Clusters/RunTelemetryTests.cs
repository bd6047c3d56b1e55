using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Clusters;

public sealed class RunTelemetryTests
{
    private const string One = "[{ name: web, type: g6-nanode-1, count: 1 }]";

    [Fact]
    public async Task A_run_is_told_with_its_verb_and_its_outcome_and_its_steps_are_parts_of_it()
    {
        await using var door = new FrontDoor();
        using var ear = new Ear();

        var summary = await door.CreateAsync("shop", One);

        Assert.Equal(["lct.runs.active 1 create", "lct.runs.active -1 create"], ear.Metrics.Where(line => line.StartsWith("lct.runs.active")));
        Assert.Contains("lct.runs.ended 1 create done", ear.Metrics);
        Assert.DoesNotContain(ear.Metrics, line => line.Contains("shop"));
        var run = ear.Activities[^1];
        Assert.Equal(("run create", summary.Run, "done"), (run.OperationName, run.GetTagItem("lct.run"), run.GetTagItem("lct.outcome")));
        var steps = ear.Activities.SkipLast(1).ToList();
        Assert.Contains(steps, step => step.OperationName == "step create");
        Assert.DoesNotContain(steps, step => step.OperationName == "step action");
        Assert.All(steps, step => Assert.Equal(run.TraceId, step.TraceId));
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_made()
    {
        await using var door = new FrontDoor();

        await door.CreateAsync("shop", One);

        Assert.Null(System.Diagnostics.Activity.Current);
    }
}
