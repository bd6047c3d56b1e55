using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.Support;
using Xunit.Abstractions;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Runs that are stopped or left in the middle, and gone on with by another process.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class FaultStopTests(ITestOutputHelper output)
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(3);

    // Every answer to a write takes three seconds here, so that there is always something on its way.
    public static TheoryData<double> Moments() => [0.5, 2, 3.5, 4.5, 7, 15, 22, 26, 30, 34, 38, 45, 55, 65];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_stopped_run_waits_for_its_calls_and_no_longer_and_knows_what_they_made(double seconds)
    {
        await using var world = await SlowWorldAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), world.Time);

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan, stop.Token));

        output.WriteLine($"{summary}");
        Assert.Equal("interrupted", summary.Outcome);
        Assert.InRange(summary.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(seconds) + CallTime + CallTime);
        var known = (await world.NodesAsync(new NodeQuery("fleet"))).Where(node => node.LinodeId is not null).Select(node => node.LinodeId!.Value);
        Assert.Equal((await world.GetAsync("linode/instances")).Select(node => node.GetProperty("id").GetInt64()).Order(), known.Order());
        await GoesOnAsync(world);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_run_left_at_once_is_gone_on_with_and_nothing_is_twice(double seconds)
    {
        await using var world = await SlowWorldAsync();
        using var leave = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), world.Time);

        var left = await world.Time.RunAsync(() => world.LeaveAsync("fleet", Fleet.Plan, leave.Token));

        Assert.InRange(left, TimeSpan.Zero, TimeSpan.FromSeconds(seconds) + TimeSpan.FromMilliseconds(1));
        await GoesOnAsync(world);
    }

    private static async Task<World> SlowWorldAsync()
    {
        var world = new World();
        await world.FaultAsync($"delay={CallTime.TotalSeconds}s on POST *");
        return world;
    }

    private static async Task GoesOnAsync(World world)
    {
        await world.RestartAsync();
        var again = await world.Time.RunAsync(() => world.ResumeAsync("fleet"));
        Assert.Equal(("done", ""), (again?.Outcome, string.Join("\n", again?.Failures ?? [])));
        await Fleet.DemandAsync(world);
    }
}
