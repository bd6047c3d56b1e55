using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

[Collection(VirtualTimeCollection.Name)]
public sealed class V3CloudUpkeepTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task Of_tags_a_node_keeps_its_owner_mark_alone() => V3World.RunAsync(async world =>
    {
        var (node, _) = await world.LaidOutAsync();
        await world.Cloud.SetNodeTagsAsync(node, ["green", V3World.Owner], None);
        Assert.Equal([V3World.Owner], (await world.Other.FindNodeAsync(node, None))!.Tags);
        await world.Cloud.SetNodeTagsAsync(node, ["green"], None);
        Assert.Empty((await world.Other.FindNodeAsync(node, None))!.Tags);
    });

    [Fact]
    public Task A_resized_node_stays_off_with_the_disks_it_had_and_each_is_resized_by_itself() => V3World.RunAsync(async world =>
    {
        var (node, config) = await world.LaidOutAsync();
        await world.Cloud.BootNodeAsync(node, config, None);
        await world.Cloud.Events.WaitAsync(node, "linode_boot", null, None);

        await world.Cloud.ResizeNodeAsync(node, "g6-standard-1", true, None);
        await world.Cloud.Events.WaitAsync(node, "linode_resize", null, None);

        var resized = (await world.Cloud.FindNodeAsync(node, None))!;
        Assert.Equal(("g6-standard-1", "offline"), (resized.Type, resized.Status));
        var disk = Assert.Single(await world.Cloud.ListDisksAsync(node, None).AllAsync());
        Assert.Equal(5000, disk.SizeMb);
        await world.Cloud.ResizeDiskAsync(node, disk.Id, 9000, None);
        await world.Cloud.Events.WaitAsync(node, "disk_resize", disk.Id, None);
        Assert.Equal(9000, Assert.Single(await world.Cloud.ListDisksAsync(node, None).AllAsync()).SizeMb);
    });

    [Fact]
    public Task A_rebuild_leaves_a_node_off_and_empty_and_asked_again_finds_nothing_to_do() => V3World.RunAsync(async world =>
    {
        var (node, config) = await world.LaidOutAsync();
        await world.Cloud.BootNodeAsync(node, config, None);

        await world.Cloud.RebuildNodeAsync(node, new("linode/debian12"), None);
        await world.Cloud.RebuildNodeAsync(node, new("linode/debian12"), None);

        Assert.Equal("offline", (await world.Cloud.FindNodeAsync(node, None))!.Status);
        Assert.Empty(await world.Cloud.ListDisksAsync(node, None).AllAsync());
        Assert.Empty(await world.Cloud.ListConfigsAsync(node, None).AllAsync());
        Assert.Equal(1, world.Asked.Count(asked => asked.Action == "linode.disk.delete"));
        Assert.Equal([V3World.Owner], (await world.Cloud.FindNodeAsync(node, None))!.Tags);
    });

    [Fact]
    public Task Disks_and_configurations_are_deleted_once() => V3World.RunAsync(async world =>
    {
        var (node, config) = await world.LaidOutAsync();
        var disk = Assert.Single(await world.Cloud.ListDisksAsync(node, None).AllAsync()).Id;
        Assert.True(await world.Cloud.DeleteConfigAsync(node, config, None));
        Assert.False(await world.Cloud.DeleteConfigAsync(node, config, None));
        Assert.True(await world.Cloud.DeleteDiskAsync(node, disk, None));
        await world.Cloud.Events.WaitAsync(node, "disk_delete", disk, None);
        Assert.False(await world.Cloud.DeleteDiskAsync(node, disk, None));
    });

    [Fact]
    public Task A_volume_grows_and_its_copy_gets_its_owner_mark_afterwards() => V3World.RunAsync(async world =>
    {
        var made = await world.Cloud.CreateVolumeAsync(new("data", "us-east", 20, [V3World.Owner], null, null), None);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(30, (await world.Cloud.ResizeVolumeAsync(made.Id, 30, None)).SizeGb);
        await world.PassAsync(TimeSpan.FromMinutes(1));

        var copy = await world.Cloud.CloneVolumeAsync(made.Id, "copy", None);

        Assert.Equal(("copy", 30, null), (copy.Label, copy.SizeGb, copy.NodeId));
        Assert.Empty(copy.Tags);
        Assert.Equal(copy.Id, Assert.Single(await world.Other.ListVolumesAsync(new("copy") { Owner = V3World.Owner }, None).AllAsync()).Id);
        var marked = await world.Cloud.SetVolumeTagsAsync(copy.Id, ["blue", V3World.Owner], None);
        Assert.Equal(("copy", V3World.Owner), (marked.Label, Assert.Single(marked.Tags)));
        Assert.Equal([made.Id, copy.Id], (await world.Other.ListVolumesAsync(new(Tag: V3World.Owner), None).AllAsync()).Select(one => one.Id));
        Assert.Empty((await world.Cloud.SetVolumeTagsAsync(copy.Id, [], None)).Tags);
        Assert.Equal("copy", Assert.Single(await world.Console.SendAsync(new ListVolumes(copy.Id))).Label);
    });

    [Fact]
    public Task Ports_are_opened_changed_and_closed_and_a_back_end_drains() => V3World.RunAsync(async world =>
    {
        var node = await world.Cloud.CreateNodeAsync(V3World.Order() with { PrivateIp = true }, None);
        var port = new BalancerPortOrder(
            80, "http", "roundrobin", "table", "http", "/up", null, 31, 30, 3, [new("web-1", $"{node.PrivateIpv4}:80")]);
        var balancer = await world.Cloud.CreateBalancerAsync(new("front", "us-east", [V3World.Owner], null, []), None);

        var made = await world.Cloud.CreateBalancerPortAsync(balancer.Id, port, None);
        Assert.Equal((80, "roundrobin", "/up"), (made.Port, made.Algorithm, made.CheckPath));
        var end = Assert.Single(made.Backends);
        Assert.Equal(("accept", 100), (end.Mode, end.Weight));
        await world.Cloud.UpdateBalancerPortAsync(balancer.Id, made.Id, port with { Algorithm = "leastconn", Backends = [] }, None);
        await world.Cloud.SetBackendModeAsync(balancer.Id, made.Id, end.Id, "drain", None);

        var changed = Assert.Single(await world.Other.GetBalancerPortsAsync(balancer.Id, None));
        Assert.Equal(("leastconn", "drain"), (changed.Algorithm, Assert.Single(changed.Backends).Mode));
        Assert.True(await world.Cloud.DeleteBalancerPortAsync(balancer.Id, made.Id, None));
        Assert.False(await world.Cloud.DeleteBalancerPortAsync(balancer.Id, made.Id, None));
    });

    [Fact]
    public Task Rules_of_a_firewall_it_has_none_of_are_refused_by_name() => V3World.RunAsync(async world =>
    {
        var refused = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.SetFirewallRulesAsync(1, FirewallRules.OnlySsh([]), None));
        Assert.Equal("LCT5047", refused.Problem.Code);
    });
}
