using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Inventory.Queries;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>Questions to what is known of clusters and nodes, asked at the front door.</summary>
public sealed class QuestionTests : IAsyncLifetime
{
    private readonly FrontDoor door = new();

    public async Task InitializeAsync()
    {
        await door.CreateAsync("zookeeper", "[{ name: quorum, count: 3, type: 1gb, tags: [zoo] }, { name: lead, type: 2gb, tags: [zoo, master] }]");
        await door.CreateAsync("shop", "[{ name: db, type: 1gb, tags: [master] }, { name: web, count: 2, type: 1gb }]");
    }

    public async Task DisposeAsync() => await door.DisposeAsync();

    [Fact]
    public async Task Is_this_ZooKeeper_cluster_starting_running_stopping_or_stopped()
    {
        await using var world = new EndToEnd.World();
        var during = new List<ClusterActivity>();
        async Task<ClusterActivity> AskAsync() => (await world.Toolkit.GetClusterAsync("zookeeper")).Activity;
        var watch = new Watch(() => during.Add(AskAsync().GetAwaiter().GetResult()));
        var plan = new LinodeClusterToolkit.Plans.PlanSource(
            "zookeeper.yaml", null, "version: 1\nregions: [{ region: us-east, nodes: [{ name: quorum, count: 3, type: 1gb }] }]");
        var preview = await world.Toolkit.PreviewAsync(new("streaming-zookeeper", plan));

        await world.Time.RunAsync(() => world.Toolkit.CreateAsync(preview, watch));
        Assert.Equal(ClusterActivity.Running, await AskAsync());
        await world.Time.RunAsync(() => world.Toolkit.StopAsync("zookeeper", new(), watch));
        Assert.Equal(ClusterActivity.Stopped, await AskAsync());
        await world.Time.RunAsync(() => world.Toolkit.StartAsync("zookeeper", new(), watch));
        Assert.Equal(ClusterActivity.Running, await AskAsync());

        var told = during.Where((activity, at) => at == 0 || during[at - 1] != activity);
        Assert.Equal("Starting Running Stopping Stopped Starting Running", string.Join(' ', told));
    }

    [Fact]
    public async Task What_are_all_addresses_of_a_cluster()
    {
        var addresses = (await door.Toolkit.GetClusterAsync("zookeeper")).Addresses;
        var nodes = await door.Toolkit.ListNodesAsync("cluster=zookeeper").ToListAsync();

        Assert.Equal(4, nodes.Count);
        Assert.Equal(nodes.SelectMany(node => node.Addresses), addresses.Select(one => one.Address));
        Assert.All(nodes, node => Assert.Contains(addresses, one => one.Of == node.Label && one.Address == node.PublicIpv4));
        Assert.All(nodes, node => Assert.DoesNotContain('/', string.Concat(node.Addresses)));
    }

    [Fact]
    public async Task Which_nodes_are_tagged_master()
    {
        Assert.Equal(["shop db", "zookeeper lead"], await FoundAsync("tag=master"));
        Assert.Equal(["zookeeper lead"], await FoundAsync("tag=master and region=newark and type='2gb' and not cluster=shop"));
        Assert.Equal([], await FoundAsync("tag=master and state!=ready"));
    }

    [Fact]
    public async Task Which_nodes_cost_how_much_and_are_how_old()
    {
        Assert.Equal(["zookeeper lead"], await FoundAsync("monthly>5"));
        Assert.Equal(3, (await FoundAsync("age<1h and cluster=shop and ip!=none")).Count);
        Assert.Equal([], await FoundAsync("age>=1000d or price=none"));
    }

    [Fact]
    public async Task A_query_of_a_program_is_resolved_as_well()
    {
        var query = new NodeQuery(Cluster: "shop") { Where = NodeFilter.Parse("region=newark and age<1d and price>0") };

        Assert.Equal(3, await door.Toolkit.ListNodesAsync(query).CountAsync());
    }

    [Fact]
    public async Task A_name_of_the_catalogue_that_is_none_is_told_with_its_place()
    {
        var problem = (await Assert.ThrowsAsync<LinodeToolkitException>(() => FoundAsync("tag=master and region=newrak"))).Problem;

        Assert.Equal("query:1:23 LCT4001 no region \"newrak\"", problem.ToString());
        Assert.Contains("Newark", problem.Fixes[0]);
    }

    private async Task<IReadOnlyList<string>> FoundAsync(string where)
    {
        var names = await door.Toolkit.GetClusterNamesAsync();
        return [.. (await door.Toolkit.ListNodesAsync(where).ToListAsync()).Select(node => $"{names[node.ClusterId]} {node.Group}")];
    }

    private sealed class Watch(Action look) : IRunObserver
    {
        public void OnEvent(RunEvent happened) => look();
    }
}
