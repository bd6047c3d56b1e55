using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Tests.Support;
using Xunit.Abstractions;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Answers that are lost, late or nonsense, on every kind of request that makes something.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class FaultLostAnswerTests(ITestOutputHelper output)
{
    /// <summary>Every kind of write request that creating the plan sends.</summary>
    private static readonly string[] Writes =
    [
        "POST /networking/firewalls", "POST /linode/instances", "POST /linode/instances/*/disks", "POST /linode/instances/*/configs",
        "POST /volumes", "POST /linode/instances/*/boot", "POST /nodebalancers",
    ];

    [Fact]
    public async Task Undisturbed_the_plan_comes_to_this_with_these_requests()
    {
        await using var world = new World();

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        output.WriteLine($"{summary.Elapsed} {summary.Calls}");
        Assert.Equal("done", summary.Outcome);
        await Fleet.DemandAsync(world);
        var sent = await Task.WhenAll(Writes.Select(write => world.CountAsync("POST", World.RouteOf(write))));
        Assert.Equal([1, 12, 8, 4, 4, 4, 2], sent);
    }

    [Theory]
    [InlineData("502")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("408")]
    [InlineData("maintenance")]
    [InlineData("cut-before")]
    [InlineData("cut-after")]
    [InlineData("delay=31s")]
    [InlineData("delay=90s")]
    public async Task On_the_first_two_of_every_write_the_end_is_as_undisturbed(string fault)
    {
        await using var world = new World();
        foreach (var write in Writes)
        {
            await world.FaultAsync($"{fault} on {write} times=2");
        }

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        await EndsAsUndisturbedAsync(world, summary);
        Assert.All(await world.StruckAsync(), struck => Assert.True(struck > 0));
    }

    [Theory]
    [InlineData("cut-after", 1)]
    [InlineData("cut-after", 2)]
    [InlineData("cut-before", 3)]
    [InlineData("502", 4)]
    [InlineData("408", 5)]
    public async Task On_one_in_six_of_all_requests_the_end_is_as_undisturbed(string fault, long seed)
    {
        await using var world = new World(new() { Seed = seed });
        await world.FaultAsync($"{fault} chance=0.17");

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.InRange((await world.StruckAsync()).Single(), 10, int.MaxValue);
        await world.ClearFaultsAsync();
        await EndsAsUndisturbedAsync(world, summary);
    }

    private async Task EndsAsUndisturbedAsync(World world, RunSummary summary)
    {
        foreach (var failure in summary.Failures)
        {
            output.WriteLine($"{failure.Step} ({failure.Attempts}): {failure.Problem} {failure.Problem.Why}");
        }

        output.WriteLine($"{summary.Elapsed}, {summary.Calls} calls");
        Assert.Equal(("done", 12), (summary.Outcome, summary.NodesDone));
        await Fleet.DemandAsync(world);
    }
}
