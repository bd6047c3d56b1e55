using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Tests.Clusters;
using LinodeClusterToolkit.Tests.Support;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Provisioning;

public sealed class NodeWaitsTests
{
    private readonly FakeCloud cloud = new();
    private readonly ManualTime time = new();

    private static NodeRecord Web => Node("web", 1).Record(NodeState.Created, 5);

    [Fact]
    public async Task A_node_of_this_process_is_awaited_by_its_event()
    {
        var tools = await ToolsAsync("offline");
        await tools.MarkFreshAsync(Node("web", 1).Key);

        await DriveAsync(NodeWaits.CreatedAsync(tools, Web, default));

        Assert.Equal(["event linode_create 5"], cloud.Calls);
    }

    [Fact]
    public async Task A_node_of_another_process_is_awaited_by_its_event_where_the_watch_saw_it_created()
    {
        var tools = await ToolsAsync("offline");
        cloud.Covered.Add(5);

        await DriveAsync(NodeWaits.CreatedAsync(tools, Web, default));

        Assert.Equal(["event linode_create 5"], cloud.Calls);
    }

    [Fact]
    public async Task A_node_of_an_earlier_process_is_awaited_by_its_status()
    {
        var tools = await ToolsAsync("provisioning");
        var lists = 0;
        cloud.Before = _ => cloud.Nodes[0] = cloud.Nodes[0] with { Status = ++lists < 3 ? "provisioning" : "offline" };

        await DriveAsync(NodeWaits.CreatedAsync(tools, Web, default));

        Assert.Equal(["list nodes", "list nodes", "list nodes"], cloud.Calls);
    }

    [Fact]
    public async Task A_node_that_runs_is_not_booted_again()
    {
        await DriveAsync(NodeWaits.BringUpAsync(await ToolsAsync("running"), Web, null, default));

        Assert.Equal(["list nodes"], cloud.Calls);
    }

    [Fact]
    public async Task A_node_that_is_off_is_booted()
    {
        await DriveAsync(NodeWaits.BringUpAsync(await ToolsAsync("offline"), Web, null, default));

        Assert.Equal(["list nodes", "boot 5", "list nodes"], cloud.Calls);
    }

    [Fact]
    public async Task A_node_that_stays_off_is_told_so()
    {
        cloud.AfterBoot = "offline";
        var tools = await ToolsAsync("offline");

        var off = await Assert.ThrowsAsync<LinodeApiException>(
            () => DriveAsync(NodeWaits.BringUpAsync(tools, Web, null, default)));

        Assert.Equal("LCT6014", off.Problem.Code);
    }

    [Fact]
    public async Task A_node_that_is_not_in_the_cloud_any_more_is_told_so()
    {
        var tools = await ToolsAsync("offline");
        cloud.Nodes.Clear();

        var gone = await Assert.ThrowsAsync<LinodeApiException>(
            () => DriveAsync(NodeWaits.CreatedAsync(tools, Web, default)));

        Assert.Equal(("LCT6013", ApiFailure.NotFound), (gone.Problem.Code, gone.Failure));
    }

    private Task DriveAsync(Task work) => time.DriveAsync(work, longest: TimeSpan.FromMinutes(1));

    private Task<ProvisioningTools> ToolsAsync(string status)
    {
        cloud.Nodes.Add(new(5, "web-1", "us-east", "g6-standard-1", null, status, null, null, null, [Cluster.OwnerTag]));
        return Tools.OfAsync(cloud, time, Node("web", 1).Record(NodeState.Creating, 5));
    }
}
