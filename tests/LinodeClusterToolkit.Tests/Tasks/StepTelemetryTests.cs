using System.Diagnostics;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Tasks;

public sealed class StepTelemetryTests
{
    [Theory]
    [InlineData("create web-1", "create")]
    [InlineData("back ends shop-lb", "back_ends")]
    [InlineData("first boot web-1", "first_boot")]
    [InlineData("see what stands", "see")]
    [InlineData("boot web-1", "boot")]
    [InlineData("boot 2 warm up web-1", "action")]
    [InlineData("planready 0 acme secret migration web-1", "action")]
    [InlineData("anything", "action")]
    public void A_step_is_of_one_of_a_few_kinds(string name, string kind) => Assert.Equal(kind, StepTelemetry.KindOf(name));

    [Fact]
    public async Task A_step_is_told_with_its_kind_its_time_its_outcome_and_its_run()
    {
        var time = new SkippingTime();
        using var ear = new Ear();

        await RunAsync(time, new("create web-1", (_, token) => Task.Delay(TimeSpan.FromSeconds(3), time, token)));
        await RunAsync(time, new("verify web-1", (_, _) => throw new LinodeToolkitException(new Problem("LCT6001", "acme-web-1 is not what it should be"))));

        Assert.Equal(
            [
                "lct.steps.active 1 create", "lct.steps.active -1 create", "lct.step.duration 3 create done",
                "lct.steps.active 1 verify", "lct.steps.active -1 verify", "lct.step.duration 0 verify failed",
            ],
            ear.Metrics);
        Assert.Equal(["step create", "step verify"], ear.Activities.Select(one => one.OperationName));
        Assert.Equal(("7f3a", "create web-1"), (ear.Activities[0].GetTagItem("lct.run"), ear.Activities[0].GetTagItem("lct.step")));
        Assert.Equal((ActivityStatusCode.Error, "LCT6001"), (ear.Activities[1].Status, ear.Activities[1].StatusDescription));
    }

    [Fact]
    public async Task What_a_step_does_is_part_of_it()
    {
        var time = new SkippingTime();
        using var ear = new Ear();

        await RunAsync(time, new("create web-1", (_, _) =>
        {
            using var call = Telemetry.Source.StartActivity("api POST");
            return Task.CompletedTask;
        }));

        Assert.Equal(["api POST", "step create"], ear.Activities.Select(one => one.OperationName));
        Assert.Equal(ear.Activities[1].SpanId, ear.Activities[0].ParentSpanId);
    }

    private static Task RunAsync(TimeProvider time, TaskStep step) => new InOrderExecutor().RunAsync(
        TaskGraph.Build([step]),
        new TaskRun("7f3a", new MemoryTaskJournal(), new Recorder(), time, CancellationToken.None, RetryBudget.None, StopOnFailure: false),
        CancellationToken.None);
}
