using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Api.V4;

namespace LinodeClusterToolkit.Tests.Api.Emulated;

public sealed class UpkeepTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Sensitive Password = new("Str0ng-enough!Really-it-is");

    [Fact]
    public async Task A_node_is_tagged_resized_with_its_disk_and_made_anew()
    {
        await using var world = new EmulatedCloud();
        var (cloud, time) = (world.Cloud, world.Time);
        var node = await CreatedAsync(world, EmulatedCloud.Order());
        await cloud.SetNodeTagsAsync(node.Id, ["lct:1", "blue"], None);
        await time.DriveAsync(cloud.ResizeNodeAsync(node.Id, "g6-standard-2", true, None));
        await time.DriveAsync(cloud.Events.WaitAsync(node.Id, "linode_resize", null, None));
        var resized = (await cloud.FindNodeAsync(node.Id, None))!;
        Assert.Equal(("g6-standard-2", "running"), (resized.Type, resized.Status));
        Assert.Equal(["lct:1", "blue"], resized.Tags);
        var before = await cloud.ListDisksAsync(node.Id, None).AllAsync();
        Assert.Equal(81920, before.Sum(disk => disk.SizeMb));

        await time.DriveAsync(cloud.RebuildNodeAsync(node.Id, new("linode/ubuntu24.04") { RootPassword = Password }, None));
        await time.DriveAsync(cloud.Events.WaitAsync(node.Id, "linode_rebuild", null, None));
        await time.DriveAsync(cloud.Events.WaitIdleAsync(node.Id, None));

        var rebuilt = (await cloud.FindNodeAsync(node.Id, None))!;
        Assert.Equal((node.PublicIpv4, "linode/ubuntu24.04", "running"), (rebuilt.PublicIpv4, rebuilt.Image, rebuilt.Status));
        Assert.Empty((await cloud.ListDisksAsync(node.Id, None).AllAsync()).Select(disk => disk.Id).Intersect(before.Select(disk => disk.Id)));
    }

    [Fact]
    public async Task A_node_is_emptied_whatever_it_does_and_its_disks_go_one_by_one()
    {
        await using var world = new EmulatedCloud();
        var (cloud, time) = (world.Cloud, world.Time);
        await cloud.Events.MarkAsync(None);
        var node = await cloud.CreateNodeAsync(EmulatedCloud.Order(), None);

        await time.DriveAsync(cloud.RebuildNodeAsync(node.Id, new(Image: null), None));
        await time.DriveAsync(cloud.RebuildNodeAsync(node.Id, new(Image: null), None));

        Assert.Equal("offline", (await cloud.FindNodeAsync(node.Id, None))!.Status);
        Assert.Empty(await cloud.ListDisksAsync(node.Id, None).AllAsync());
        Assert.Empty(await cloud.ListConfigsAsync(node.Id, None).AllAsync());
        var disk = await time.DriveAsync(cloud.CreateDiskAsync(node.Id, new("data", 10_000, "ext4"), None));
        await time.DriveAsync(cloud.Events.WaitAsync(node.Id, "disk_create", disk.Id, None));
        await time.DriveAsync(cloud.ResizeDiskAsync(node.Id, disk.Id, 20_000, None));
        await time.DriveAsync(cloud.Events.WaitAsync(node.Id, "disk_resize", disk.Id, None));
        Assert.Equal(20_000, Assert.Single(await cloud.ListDisksAsync(node.Id, None).AllAsync()).SizeMb);
    }

    [Fact]
    public async Task Ports_and_rules_are_changed_in_place()
    {
        await using var world = new EmulatedCloud();
        var cloud = world.Cloud;
        var node = await CreatedAsync(world, EmulatedCloud.Order() with { PrivateIp = true });
        var balancer = await cloud.CreateBalancerAsync(new("lb-1", "us-east", ["lct:1"], null, []), None);
        var order = new BalancerPortOrder(80, "http", "roundrobin", "table", "connection", null, null, 31, 30, 3, [new("web-1", $"{node.PrivateIpv4}:80")]);

        var made = await cloud.CreateBalancerPortAsync(balancer.Id, order, None);
        await cloud.UpdateBalancerPortAsync(balancer.Id, made.Id, order with { Stickiness = "none", CheckInterval = 40 }, None);
        await cloud.SetBackendModeAsync(balancer.Id, made.Id, Assert.Single(made.Backends).Id, "backup", None);
        var changed = Assert.Single(await cloud.GetBalancerPortsAsync(balancer.Id, None));
        Assert.Equal(("none", 40), (changed.Stickiness, changed.CheckInterval));
        Assert.Equal(("web-1", "backup", 100), Assert.Single(changed.Backends) is var end ? (end.Label, end.Mode, end.Weight) : default);
        Assert.True(await cloud.DeleteBalancerPortAsync(balancer.Id, made.Id, None));

        var firewall = await cloud.CreateFirewallAsync(new("fw-1", FirewallRules.OnlySsh(["0.0.0.0/0"]), ["lct:1"]), None);
        await cloud.SetFirewallRulesAsync(firewall.Id, FirewallRules.OnlySsh(["192.0.2.0/24"]), None);
        var rules = Assert.Single(await cloud.ListFirewallsAsync(new(), None).AllAsync()).Rules!;
        Assert.Equal(["192.0.2.0/24"], Assert.Single(rules.Inbound).Ipv4);
    }

    private static async Task<CloudNode> CreatedAsync(EmulatedCloud world, NodeOrder order)
    {
        await world.Cloud.Events.MarkAsync(None);
        var node = await world.Cloud.CreateNodeAsync(order, None);
        await world.Time.DriveAsync(world.Cloud.Events.WaitIdleAsync(node.Id, None));
        return node;
    }
}
