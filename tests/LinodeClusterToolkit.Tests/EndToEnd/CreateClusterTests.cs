using System.Text.Json;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.Support;
using Xunit.Abstractions;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>Whole runs against the emulator with the documented limits and real delays, in virtual time.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class CreateClusterTests(ITestOutputHelper output)
{
    private const string AThousandPlainNodes = """
        version: 1
        regions:
        - region: us-east
          nodes:
          - { name: plain, type: g6-nanode-1, count: 1000 }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_82_nodes_are_there_within_the_bound_and_without_one_refusal(long seed)
    {
        await using var world = new World(new() { Seed = seed });

        var summary = await world.Time.RunAsync(() => world.CreateAsync("ha-wordpress", World.Plan("ha-wordpress.yaml")));

        await ReportAsync(world, summary);
        Assert.Equal(("done", 82, 82), (summary.Outcome, summary.Nodes, summary.NodesDone));
        Assert.InRange(summary.Elapsed / summary.LeastTime!.Value, 0, 1.05);
        Assert.InRange(summary.Elapsed / summary.CloudTime!.Value, 0, 1.05);
        Assert.Equal(0, await world.RefusedAsync());
    }

    [Fact]
    public async Task A_thousand_nodes_take_as_long_as_the_create_limit_and_one_start_and_one_call_each()
    {
        await using var world = new World();

        var summary = await world.Time.RunAsync(() => world.CreateAsync("thousand", AThousandPlainNodes));

        await ReportAsync(world, summary);
        Assert.Equal(("done", 1000), (summary.Outcome, summary.NodesDone));
        Assert.InRange(summary.Elapsed / summary.LeastTime!.Value, 0, 1.05);
        Assert.InRange(summary.Elapsed / summary.CloudTime!.Value, 0, 1.05);
        Assert.Equal(0, await world.RefusedAsync());
        var polls = await world.CountAsync("GET", "account/events");
        Assert.InRange(summary.Calls - polls, 1000, 4 * 1000);
    }

    [Fact]
    public async Task What_the_plan_names_stands_in_the_cloud_and_in_the_inventory()
    {
        await using var world = new World();

        await world.Time.RunAsync(() => world.CreateAsync("ha-wordpress", World.Plan("ha-wordpress.yaml")));

        var nodes = await world.NodesAsync(new NodeQuery("ha-wordpress"));
        Assert.Equal([("eu-central", 41), ("us-east", 41)], nodes.GroupBy(node => node.Region).Select(same => (same.Key, same.Count())).Order());
        Assert.All(nodes, node => Assert.Equal(NodeState.Ready, node.State));
        Assert.All(nodes, node => Assert.Equal("running", node.Power));
        Assert.Equal(40, (await world.NodesAsync(new NodeQuery(Tag: "webserver"))).Count);

        var instances = await world.GetAsync("linode/instances?page_size=500");
        Assert.Equal(nodes.Select(node => node.LinodeId).Order(), instances.Select(node => (long?)node.GetProperty("id").GetInt64()).Order());
        var owner = (await world.Toolkit.GetClusterAsync("ha-wordpress")).Cluster.OwnerTag;
        Assert.All(instances, node => Assert.Contains(owner, node.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())));

        var volumes = await world.GetAsync("volumes?page_size=500");
        var data = nodes.Where(node => node.Group == "ndbdatanodes").Select(node => node.LinodeId).Order();
        Assert.Equal(data, volumes.Select(volume => (long?)volume.GetProperty("linode_id").GetInt64()).Order());

        var balancers = await world.GetAsync("nodebalancers");
        Assert.Equal(4, balancers.Count);
        foreach (var balancer in balancers)
        {
            await BackendsAreRightAsync(world, balancer, nodes);
        }
    }

    [Fact]
    public async Task Created_again_it_is_finished_and_deleted_nothing_is_left()
    {
        await using var world = new World();
        await world.Time.RunAsync(() => world.CreateAsync("ha-wordpress", World.Plan("ha-wordpress.yaml")));

        var again = await world.Time.RunAsync(() => world.PreviewAsync("ha-wordpress", World.Plan("ha-wordpress.yaml")));
        Assert.Equal((ClusterSituation.Finished, new AddCounts(0, 0, 0, 0)), (again.Situation, again.Adds));

        var summary = await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("ha-wordpress", new(), world.Events));
        Assert.Equal(("done", 82), (summary.Outcome, summary.NodesDone));
        var left = await world.CountsAsync("linodes", "volumes", "nodebalancers", "firewalls");
        Assert.Equal([0, 0, 0, 0], left);
    }

    private static async Task BackendsAreRightAsync(World world, JsonElement balancer, IReadOnlyList<NodeRecord> nodes)
    {
        var config = Assert.Single(await world.GetAsync($"nodebalancers/{balancer.GetProperty("id")}/configs"));
        var port = config.GetProperty("port").GetInt32();
        var backends = await world.GetAsync($"nodebalancers/{balancer.GetProperty("id")}/configs/{config.GetProperty("id")}/nodes?page_size=100");
        var group = port == 80 ? "webservers" : "mysqlnodes";
        Assert.Equal(
            nodes.Where(node => node.Group == group && node.Region == balancer.GetProperty("region").GetString())
                .Select(node => $"{node.PrivateIpv4}:{port}").Order(),
            backends.Select(backend => backend.GetProperty("address").GetString()!).Order());
    }

    private async Task ReportAsync(World world, RunSummary summary)
    {
        var polls = await world.CountAsync("GET", "account/events");
        output.WriteLine(FormattableString.Invariant(
            $"{summary.Nodes} nodes: {summary.Elapsed}, bound {summary.LeastTime} ({summary.Elapsed / summary.LeastTime:0.000}), with the cloud's times {summary.CloudTime} ({summary.Elapsed / summary.CloudTime:0.000}); {summary.Calls} calls, {polls} of them polls, {await world.RefusedAsync()} refused"));
    }
}
