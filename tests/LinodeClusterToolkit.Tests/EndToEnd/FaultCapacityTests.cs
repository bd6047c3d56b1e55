using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>The cloud will not or cannot give more: a quota, a region without room.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class FaultCapacityTests
{
    private const string TwoTypes = """
        version: 1
        regions:
        - region: us-east
          nodes:
          - { name: web, type: [g6-standard-1, g6-standard-2], count: 2 }
        """;

    [Fact]
    public async Task Over_the_quota_the_rest_is_complete_and_with_a_higher_quota_the_same_create_completes_it()
    {
        await using var world = new World();
        await world.FaultAsync("quota=9");

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal(("failed", 12, 9, 3), (summary.Outcome, summary.Nodes, summary.NodesDone, summary.NodesFailed));
        var failed = summary.Failures.Where(failure => failure.Step.StartsWith("create ", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, failed.Count);
        Assert.All(failed, failure => Assert.Equal("LCT5001", failure.Problem.Code));
        Assert.All(failed, failure => Assert.Contains("API said 400 \"Account Limit reached", failure.Problem.Why, StringComparison.Ordinal));
        Assert.Equal(
            failed.Select(failure => failure.Node).Order(),
            (await world.NodesAsync(new NodeQuery("fleet"))).Where(node => node.State == NodeState.Failed).Select(node => node.Label).Order());
        Assert.Equal(ClusterState.Degraded, (await world.Toolkit.GetClusterAsync("fleet")).Cluster.State);
        Assert.Equal(9, (await world.CountsAsync("linodes"))[0]);

        await world.ClearFaultsAsync();
        await CompletesAsync(world);
    }

    [Fact]
    public async Task Over_the_volume_quota_the_nodes_without_volume_are_named()
    {
        await using var world = new World();
        await world.FaultAsync("volume-quota=3 on POST /volumes");

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal(("failed", 11, 1), (summary.Outcome, summary.NodesDone, summary.NodesFailed));
        var failure = Assert.Single(summary.Failures, failure => failure.Step.StartsWith("volume ", StringComparison.Ordinal));
        Assert.StartsWith(failure.Node!, failure.Step["volume ".Length..], StringComparison.Ordinal);

        await world.ClearFaultsAsync();
        await CompletesAsync(world);
    }

    [Fact]
    public async Task A_region_without_room_fails_by_name_and_the_other_region_is_complete()
    {
        await using var world = new World();
        await world.FaultAsync("sold-out=us-east on POST /linode/instances");

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal(("failed", 6, 6), (summary.Outcome, summary.NodesDone, summary.NodesFailed));
        var failed = summary.Failures.Where(failure => failure.Node is not null && failure.Step == $"create {failure.Node}").ToList();
        Assert.All(failed, failure => Assert.Equal("us-east", failure.Region));
        Assert.All(failed, failure => Assert.Contains("no room for this plan", failure.Problem.Why, StringComparison.Ordinal));
        Assert.Equal(6, failed.Count);

        await world.ClearFaultsAsync();
        await CompletesAsync(world);
    }

    [Fact]
    public async Task Where_the_first_type_is_sold_out_the_second_is_taken_and_recorded()
    {
        await using var world = new World();
        await world.FaultAsync("sold-out=us-east on POST /linode/instances label=*-web-1 times=1");

        var summary = await world.Time.RunAsync(() => world.CreateAsync("pair", TwoTypes));

        Assert.Equal(("done", 2), (summary.Outcome, summary.NodesDone));
        var nodes = await world.NodesAsync(new NodeQuery("pair"));
        Assert.Equal(["g6-standard-2", "g6-standard-1"], nodes.OrderBy(node => node.Label, StringComparer.Ordinal).Select(node => node.Type));
        Assert.Equal(
            ["g6-standard-1", "g6-standard-2"],
            (await world.GetAsync("linode/instances")).Select(node => node.GetProperty("type").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_storm_of_429_is_sat_out_and_no_request_comes_before_its_time()
    {
        await using var world = new World();
        await world.FaultAsync("429=7s on POST /linode/instances times=20");

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal(("done", 12), (summary.Outcome, summary.NodesDone));
        await Fleet.DemandAsync(world);
        Assert.Equal(20, await world.RefusedAsync());
        var creates = (await world.RequestsAsync("POST", "/v4/linode/instances")).GroupBy(request => request.At).ToList();
        Assert.True(creates.Count > 2);
        Assert.All(creates.Zip(creates.Skip(1)), pair => Assert.True(
            pair.First.All(request => request.Status != 429) || pair.Second.Key - pair.First.Key >= TimeSpan.FromSeconds(7)));
    }

    [Theory]
    [InlineData("429 times=20")]
    [InlineData("429-html times=20")]
    public async Task A_storm_on_everything_is_sat_out(string fault)
    {
        await using var world = new World();
        await world.FaultAsync(fault);

        var summary = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));

        Assert.Equal("done", summary.Outcome);
        await Fleet.DemandAsync(world);
    }

    private static async Task CompletesAsync(World world)
    {
        var again = await world.Time.RunAsync(() => world.CreateAsync("fleet", Fleet.Plan));
        Assert.Equal("done", again.Outcome);
        Assert.Equal(ClusterState.Started, (await world.Toolkit.GetClusterAsync("fleet")).Cluster.State);
        await Fleet.DemandAsync(world);
    }
}
