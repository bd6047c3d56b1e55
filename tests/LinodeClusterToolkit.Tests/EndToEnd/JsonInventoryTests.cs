using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>The whole life of a cluster whose records are text files.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class JsonInventoryTests
{
    [Fact]
    public async Task A_cluster_is_made_stopped_started_and_deleted_by_processes_that_share_nothing_but_files()
    {
        var data = "";
        await using var world = new World(with: options =>
        {
            data = Path.Combine(options.DataFolder, "inventory");
            return options with { Inventory = "json" };
        });

        Assert.Equal("done", (await world.Time.RunAsync(() => world.CreateAsync("ha-wordpress", World.Plan("ha-wordpress.yaml")))).Outcome);
        await world.RestartAsync();
        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(data, "clusters")));
        Assert.Equal(82, Directory.GetFiles(Path.Combine(folder, "nodes")).Length);
        Assert.Equal(World.Plan("ha-wordpress.yaml"), await File.ReadAllTextAsync(Path.Combine(folder, "plan.yaml")));
        Assert.Equal(40, (await world.NodesAsync(new NodeQuery(Tag: "webserver"))).Count);

        await world.Time.RunAsync(() => world.Toolkit.StopAsync("ha-wordpress", new StopRequest(), null));
        await world.RestartAsync();
        Assert.Equal(82, (await world.NodesAsync(new NodeQuery(State: NodeState.Stopped))).Count);
        await world.Time.RunAsync(() => world.Toolkit.StartAsync("ha-wordpress", new StartRequest(), null));
        await world.RestartAsync();
        Assert.Equal(ClusterState.Started, (await world.Toolkit.GetClusterAsync("ha-wordpress")).Cluster.State);

        Assert.Equal("done", (await world.Time.RunAsync(() => world.Toolkit.DeleteAsync("ha-wordpress", new(), world.Events))).Outcome);
        var left = await world.CountsAsync("linodes", "volumes", "nodebalancers", "firewalls");
        Assert.Equal([0, 0, 0, 0], left);
        Assert.Contains("\"state\": \"deleted\"", await File.ReadAllTextAsync(Path.Combine(folder, "cluster.json")), StringComparison.Ordinal);
    }
}
