using LinodeClusterToolkit.Tests.Support;
using Xunit.Abstractions;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Deletes that meet trouble still leave nothing behind.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class FaultDeleteTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("502 on DELETE * times=9")]
    [InlineData("408 on DELETE * times=9")]
    [InlineData("cut-before on DELETE * times=9")]
    [InlineData("cut-after on DELETE * times=9")]
    [InlineData("cut-after chance=0.3")]
    [InlineData("delay=31s on DELETE * times=5")]
    [InlineData("429=5s on DELETE * times=20")]
    [InlineData("502 on GET /linode/instances times=5")]
    public async Task Nothing_is_left(string fault)
    {
        await using var world = await CreatedAsync();
        await world.FaultAsync(fault);

        await DeletesAsync(world);

        Assert.InRange((await world.StruckAsync()).Single(), 5, int.MaxValue);
    }

    [Fact]
    public async Task What_somebody_else_has_deleted_already_counts_as_deleted()
    {
        await using var world = await CreatedAsync();
        foreach (var path in new[] { "linode/instances", "nodebalancers", "networking/firewalls" })
        {
            await world.BehindItsBackAsync(HttpMethod.Delete, $"{path}/{(await world.GetAsync(path))[0].GetProperty("id")}");
        }

        await DeletesAsync(world);
    }

    [Fact]
    public async Task A_volume_that_is_being_resized_is_waited_for()
    {
        await using var world = await CreatedAsync();
        foreach (var volume in await world.GetAsync("volumes"))
        {
            await world.BehindItsBackAsync(HttpMethod.Post, $"volumes/{volume.GetProperty("id")}/resize", """{ "size": 30 }""");
        }

        await DeletesAsync(world);
    }

    [Fact]
    public async Task A_volume_that_somebody_attached_elsewhere_is_named_and_gone_once_it_is_free()
    {
        await using var world = await CreatedAsync();
        var volume = (await world.GetAsync("volumes"))[0];
        var (id, region) = (volume.GetProperty("id").GetInt64(), volume.GetProperty("region").GetString());
        var other = await world.BehindItsBackAsync(
            HttpMethod.Post, "linode/instances",
            $$"""{ "label": "other", "region": "{{region}}", "type": "g6-nanode-1", "image": "linode/debian12", "root_pass": "a-Password-4-tests!" }""");
        await world.BehindItsBackAsync(HttpMethod.Post, $"volumes/{id}/detach");
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await world.BehindItsBackAsync(HttpMethod.Post, $"volumes/{id}/attach", $$"""{ "linode_id": {{other.GetProperty("id")}} }""");
        await world.PassAsync(TimeSpan.FromMinutes(5));

        var summary = await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("fleet", new(), world.Events));

        Assert.Equal("failed", summary.Outcome);
        var failure = Assert.Single(summary.Failures);
        Assert.StartsWith("delete volume ", failure.Step, StringComparison.Ordinal);
        Assert.Equal($"DELETE volumes/{id}", failure.Problem.Where);
        Assert.Contains("must be detached", failure.Problem.Why, StringComparison.Ordinal);
        Assert.Equal([("volume", id, 2m)], summary.Remains.Select(one => (one.Kind, one.Id, one.Monthly)));

        await world.BehindItsBackAsync(HttpMethod.Delete, $"linode/instances/{other.GetProperty("id")}");
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await DeletesAsync(world);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(25)]
    public async Task A_stopped_delete_is_gone_on_with(double seconds)
    {
        await using var world = await CreatedAsync();
        await world.FaultAsync("delay=3s on DELETE *");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), world.Time);

        var stopped = await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("fleet", new(), world.Events, stop.Token));

        Assert.Equal("interrupted", stopped.Outcome);
        await world.RestartAsync();
        await DeletesAsync(world);
    }

    [Fact]
    public async Task A_create_that_was_left_in_the_middle_is_deleted_whole()
    {
        await using var world = new World();
        await world.FaultAsync("delay=3s on POST *");
        using var leave = new CancellationTokenSource(TimeSpan.FromSeconds(4), world.Time);
        await world.Time.RunAsync(() => world.LeaveAsync("fleet", Fleet.Plan, leave.Token));
        await world.PassAsync(TimeSpan.FromSeconds(5));
        await world.RestartAsync();
        Assert.True((await world.CountsAsync("linodes"))[0] > 0);

        await DeletesAsync(world);
    }

    private static async Task<World> CreatedAsync()
    {
        var world = new World();
        await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));
        return world;
    }

    private async Task DeletesAsync(World world)
    {
        var summary = await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("fleet", new(), world.Events));
        output.WriteLine($"{summary}");
        Assert.Equal(("done", ""), (summary.Outcome, string.Join("\n", summary.Failures)));
        var left = await world.CountsAsync("linodes", "volumes", "nodebalancers", "firewalls");
        Assert.Equal([0, 0, 0, 0], left);
    }
}
