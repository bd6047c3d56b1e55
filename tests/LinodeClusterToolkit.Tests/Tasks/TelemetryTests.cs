using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Tasks;

public sealed class TelemetryTests
{
    [Fact]
    public void Depths_of_queues_are_told_by_state_for_as_long_as_somebody_knows_them()
    {
        using var ear = new Ear();

        using (Telemetry.ShowDepths(() => new Dictionary<string, long> { ["waiting"] = 7, ["held"] = 2 }))
        {
            ear.Collect();
        }

        ear.Collect();
        Assert.Equal(["lct.queue.depth 7 waiting", "lct.queue.depth 2 held"], ear.Metrics);
    }

    [Fact]
    public void Who_leaves_does_not_silence_who_came_later()
    {
        using var ear = new Ear();
        var first = Telemetry.ShowDepths(() => new Dictionary<string, long> { ["first"] = 1 });
        using var second = Telemetry.ShowDepths(() => new Dictionary<string, long> { ["second"] = 2 });

        first.Dispose();

        ear.Collect();
        Assert.Equal(["lct.queue.depth 2 second"], ear.Metrics);
    }
}
