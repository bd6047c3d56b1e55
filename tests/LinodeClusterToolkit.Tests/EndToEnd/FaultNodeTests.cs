using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Single things go wrong: boots that fail, nodes of others in the way, nodes that vanish.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class FaultNodeTests
{
    private const string Web1 = "fleet-us-east-web-1";
    private const string Db1 = "fleet-us-east-db-1";

    [Theory]
    [InlineData("failed-boot on POST /linode/instances times=3")]
    [InlineData("failed-boot on POST /linode/instances/*/boot times=3")]
    [InlineData("slow-boot=4 on POST /linode/instances times=5")]
    public async Task A_boot_that_fails_is_tried_again(string fault)
    {
        await using var world = new World();
        await world.FaultAsync(fault);

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal(("done", 12), (summary.Outcome, summary.NodesDone));
        await Fleet.DemandAsync(world);
    }

    [Theory]
    [InlineData(Web1, "failed-boot")]
    [InlineData(Db1, "failed-boot")]
    [InlineData(Web1, "endless-boot")]
    [InlineData(Db1, "endless-boot")]
    public async Task A_node_that_never_boots_is_named_and_the_rest_is_complete(string node, string fault)
    {
        await using var world = new World();
        await world.FaultAsync($"{fault} label={node}");

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal(("failed", 11, 1), (summary.Outcome, summary.NodesDone, summary.NodesFailed));
        var failure = Assert.Single(summary.Failures, failure => failure.Step == $"start {node}");
        Assert.Contains(node, failure.Problem.What, StringComparison.Ordinal);
        var made = await world.CountsAsync("linodes", "volumes", "nodebalancers");
        Assert.Equal([12, 4, 2], made);
        Assert.Equal(ClusterState.Degraded, (await world.Toolkit.GetClusterAsync("fleet")).Cluster.State);
    }

    [Theory]
    [InlineData("linode/instances", Web1, """{ "label": "fleet-us-east-web-1", "region": "us-east", "type": "g6-standard-1" }""", "node")]
    [InlineData("volumes", "fleet-us-east-db-1-data", """{ "label": "fleet-us-east-db-1-data", "region": "us-east", "size": 20 }""", "volume")]
    public async Task What_another_has_made_under_our_label_is_named_and_never_touched(string path, string label, string body, string what)
    {
        await using var world = new World();
        var theirs = (await world.BehindItsBackAsync(HttpMethod.Post, path, body)).GetProperty("id").GetInt64();

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal(("failed", 11, 1), (summary.Outcome, summary.NodesDone, summary.NodesFailed));
        var failure = Assert.Single(summary.Failures, failure => failure.Problem.Code == "LCT6011");
        Assert.Equal($"the account has a {what} \"{label}\" that is not the one wanted", failure.Problem.What);
        Assert.DoesNotContain(await world.WritesAsync(), write => write.Contains($"/{theirs}", StringComparison.Ordinal));

        var deleted = await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("fleet", new(), world.Events));

        Assert.Equal("done", deleted.Outcome);
        Assert.Equal(theirs, Assert.Single(await world.GetAsync(path)).GetProperty("id").GetInt64());
        Assert.Equal(1, (await world.CountsAsync("linodes", "volumes", "nodebalancers", "firewalls")).Sum());
    }

    [Fact]
    public async Task A_node_that_somebody_deletes_meanwhile_is_made_again_when_the_run_goes_on()
    {
        await using var world = new World();
        var gone = await StoppedHalfWayAsync(world);
        await world.BehindItsBackAsync(HttpMethod.Delete, $"linode/instances/{gone.LinodeId}");
        await world.PassAsync(TimeSpan.FromMinutes(20));
        await world.RestartAsync();

        var second = await world.Time.RunAsync(() => world.ResumeAsync("fleet"));

        Assert.Equal(("done", 0), (second?.Outcome, second?.NodesFailed));
        await Fleet.DemandAsync(world);
        Assert.NotEqual(gone.LinodeId, (await world.NodesAsync(new NodeQuery("fleet"))).Single(node => node.Label == Web1).LinodeId);
    }

    [Fact]
    public async Task A_node_whose_tags_somebody_took_away_gets_ours_back_when_the_run_goes_on()
    {
        await using var world = new World();
        var bare = await StoppedHalfWayAsync(world);
        await world.BehindItsBackAsync(HttpMethod.Put, $"linode/instances/{bare.LinodeId}", """{ "tags": ["webserver"] }""");
        await world.RestartAsync();

        var second = await world.Time.RunAsync(() => world.ResumeAsync("fleet"));

        Assert.Equal("done", second?.Outcome);
        await Fleet.DemandAsync(world);
    }

    private static async Task<NodeRecord> StoppedHalfWayAsync(World world)
    {
        await world.FaultAsync($"slow-boot=9 label={Web1}");
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(100), world.Time);
        await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan, soon.Token));
        await world.ClearFaultsAsync();
        return (await world.NodesAsync(new NodeQuery("fleet"))).Single(node => node.Label == Web1);
    }
}
