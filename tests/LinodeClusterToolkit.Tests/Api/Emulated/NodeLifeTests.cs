using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Api.V4;

namespace LinodeClusterToolkit.Tests.Api.Emulated;

public sealed class NodeLifeTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_node_is_created_booted_found_and_deleted()
    {
        await using var world = new EmulatedCloud();
        var (cloud, time) = (world.Cloud, world.Time);
        await cloud.Events.MarkAsync(None);
        var firewall = await cloud.CreateFirewallAsync(new("fw-1", FirewallRules.OnlySsh(["0.0.0.0/0", "::/0"]), ["lct:1"]), None);
        var made = await cloud.CreateNodeAsync(EmulatedCloud.Order(firewall: firewall.Id) with { PrivateIp = true, Group = "web" }, None);
        Assert.Equal("provisioning", made.Status);
        Assert.NotNull(made.PublicIpv4);
        Assert.StartsWith("192.168.", made.PrivateIpv4, StringComparison.Ordinal);
        Assert.DoesNotContain("/", made.Ipv6, StringComparison.Ordinal);

        var booted = await time.DriveAsync(cloud.Events.WaitAsync(made.Id, "linode_boot", null, None));
        await time.DriveAsync(cloud.Events.WaitIdleAsync(made.Id, None));
        Assert.True(booted.Seconds > 0);
        var found = Assert.Single(await cloud.ListNodesAsync(new("web-1", "lct:1"), None).AllAsync());
        Assert.Equal((made.Id, "running"), (found.Id, found.Status));
        var device = Assert.Single(await world.Client.ListAsync(new ListFirewallDevices(firewall.Id)).AllAsync());
        Assert.Equal((made.Id, "linode"), (device.Entity!.Id, device.Entity.Type));

        Assert.True(await cloud.DeleteNodeAsync(made.Id, None));
        await time.DriveAsync(cloud.Events.WaitAsync(made.Id, "linode_delete", null, None));
        Assert.Null(await cloud.FindNodeAsync(made.Id, None));
        Assert.False(await cloud.DeleteNodeAsync(made.Id, None));
        Assert.True(await cloud.DeleteFirewallAsync(firewall.Id, None));
    }

    [Fact]
    public async Task A_node_with_disks_of_its_own_is_laid_out_and_booted()
    {
        await using var world = new EmulatedCloud();
        var (cloud, time) = (world.Cloud, world.Time);
        await cloud.Events.MarkAsync(None);
        var node = await cloud.CreateNodeAsync(EmulatedCloud.Order() with { Image = null, Booted = false }, None);
        var busy = await Assert.ThrowsAsync<LinodeApiException>(() => cloud.CreateDiskAsync(node.Id, new("swap", 512, "swap"), None));
        Assert.Equal(ApiFailure.Busy, busy.Failure);

        await time.DriveAsync(cloud.Events.WaitIdleAsync(node.Id, None));
        var root = await cloud.CreateDiskAsync(
            node.Id, new("root", 20_000, "ext4") { Image = "linode/debian12", RootPassword = new Sensitive("Str0ng-enough!Really-it-is") }, None);
        await time.DriveAsync(cloud.Events.WaitAsync(node.Id, "disk_create", root.Id, None));
        await time.DriveAsync(cloud.Events.WaitIdleAsync(node.Id, None));
        var data = await cloud.CreateDiskAsync(node.Id, new("data", 10_000, "ext4"), None);
        await time.DriveAsync(cloud.Events.WaitAsync(node.Id, "disk_create", data.Id, None));
        var config = await cloud.CreateConfigAsync(node.Id, new("boot", "linode/grub2", [root.Id, data.Id], "/dev/sda"), None);
        await time.DriveAsync(cloud.Events.WaitIdleAsync(node.Id, None));
        await cloud.BootNodeAsync(node.Id, config.Id, None);
        await time.DriveAsync(cloud.Events.WaitAsync(node.Id, "linode_boot", null, None));

        Assert.Equal(["root", "data"], (await cloud.ListDisksAsync(node.Id, None).AllAsync()).Select(disk => disk.Label));
        Assert.Equal(config, Assert.Single(await cloud.ListConfigsAsync(node.Id, None).AllAsync()));
        Assert.Equal("running", (await cloud.FindNodeAsync(node.Id, None))!.Status);
        await cloud.ShutDownNodeAsync(node.Id, None);
        await time.DriveAsync(cloud.Events.WaitAsync(node.Id, "linode_shutdown", null, None));
        Assert.Equal("offline", (await cloud.FindNodeAsync(node.Id, None))!.Status);
    }

    [Fact]
    public async Task Volumes_and_balancers_are_made_attached_found_and_deleted()
    {
        await using var world = new EmulatedCloud();
        var cloud = world.Cloud;
        await cloud.Events.MarkAsync(None);
        var node = await cloud.CreateNodeAsync(EmulatedCloud.Order() with { PrivateIp = true }, None);
        await world.Time.DriveAsync(cloud.Events.WaitIdleAsync(node.Id, None));

        var loose = await cloud.CreateVolumeAsync(new("loose", "us-east", 20, ["lct:1"], null, null), None);
        var direct = await cloud.CreateVolumeAsync(new("direct", "us-east", 10, ["lct:1"], node.Id, null), None);
        Assert.Equal((node.Id, "us-east", 10), (direct.NodeId, direct.Region, direct.SizeGb));
        Assert.Equal("/dev/disk/by-id/scsi-0Linode_Volume_loose", loose.FilesystemPath);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(node.Id, (await cloud.AttachVolumeAsync(loose.Id, node.Id, null, None)).NodeId);
        Assert.Equal(2, (await cloud.ListVolumesAsync(new(Tag: "lct:1"), None).AllAsync()).Count);

        var backend = new BackendOrder("web-1", $"{node.PrivateIpv4}:80");
        var port = new BalancerPortOrder(80, "http", "roundrobin", "table", "connection", null, null, 31, 30, 3, [backend]);
        var balancer = await cloud.CreateBalancerAsync(new("lb-1", "us-east", ["lct:1"], null, [port]), None);
        var made = Assert.Single(await cloud.GetBalancerPortsAsync(balancer.Id, None));
        Assert.Equal((80, backend.Address), (made.Port, Assert.Single(made.Backends).Address));
        Assert.Equal(balancer.Id, Assert.Single(await cloud.ListBalancersAsync(new("lb-1", "lct:1"), None).AllAsync()).Id);
        Assert.True(await cloud.DeleteBalancerAsync(balancer.Id, None));

        await cloud.DetachVolumeAsync(loose.Id, None);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await cloud.DeleteVolumeAsync(loose.Id, None));
        Assert.False(await cloud.DeleteVolumeAsync(loose.Id, None));
    }
}
