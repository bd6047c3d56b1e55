using System.Text.Json;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

[Collection(VirtualTimeCollection.Name)]
public sealed class V3CloudDisksTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Sensitive Password = new("Str0ng-enough!Really-it-is");

    [Fact]
    public Task Disks_are_not_ready_while_a_job_of_their_node_is_pending() => V3World.RunAsync(async world =>
    {
        var node = (await world.Cloud.CreateNodeAsync(V3World.Order(), None)).Id;
        await world.Cloud.Events.WaitIdleAsync(node, None);
        var swap = await world.Cloud.CreateDiskAsync(node, new("swap", 512, "swap"), None);
        Assert.Equal(("swap", "not ready", "swap", 512), (swap.Label, swap.Status, swap.Filesystem, swap.SizeMb));
        Assert.Equal(swap, Assert.Single(await world.Other.ListDisksAsync(node, None).AllAsync()));

        var made = await world.Cloud.Events.WaitAsync(node, "disk_create", swap.Id, None);

        Assert.Equal((swap.Id, "finished"), (made.SubjectId, made.Status));
        Assert.Equal(swap with { Status = "ready" }, Assert.Single(await world.Other.ListDisksAsync(node, None).AllAsync()));
        await world.Console.SendAsync(new DeleteDisk(node, swap.Id));
        Assert.Equal("deleting", Assert.Single(await world.Cloud.ListDisksAsync(node, None).AllAsync()).Status);
    });

    [Fact]
    public Task A_disk_from_an_image_gets_every_key() => V3World.RunAsync(async world =>
    {
        var node = (await world.Cloud.CreateNodeAsync(V3World.Order(), None)).Id;
        var order = new DiskOrder("root", 5000, null)
        {
            Image = "linode/debian12", RootPassword = Password, AuthorizedKeys = ["ssh-ed25519 AAAA one", "ssh-ed25519 BBBB two"],
        };

        var root = await world.Cloud.CreateDiskAsync(node, order, None);
        await world.Cloud.Events.WaitAsync(node, "disk_create", root.Id, None);

        var asked = Assert.Single(world.Asked, one => one.Action == "linode.disk.createfromdistribution");
        Assert.Equal("ssh-ed25519 AAAA one\nssh-ed25519 BBBB two", asked["rootsshkey"]);
        Assert.Equal((Password.Reveal(), "5000"), (asked["rootpass"], asked["size"]));
        Assert.Equal(new(root.Id, "root", "ready", "ext4", 5000), Assert.Single(await world.Cloud.ListDisksAsync(node, None).AllAsync()));
        var job = (await world.Console.SendAsync(new ListJobs(node)))[0];
        Assert.Equal("Disk Create From Distribution - Debian 12", job.Label);
    });

    [Fact]
    public Task Without_a_key_none_is_sent_and_without_a_password_nothing() => V3World.RunAsync(async world =>
    {
        var node = (await world.Cloud.CreateNodeAsync(V3World.Order(), None)).Id;
        var order = new DiskOrder("root", 5000, "ext4") { Image = "linode/debian12" };

        await Assert.ThrowsAsync<ArgumentException>(() => world.Cloud.CreateDiskAsync(node, order, None));
        await world.Cloud.CreateDiskAsync(node, order with { RootPassword = Password }, None);

        var asked = Assert.Single(world.Asked, one => one.Action.StartsWith("linode.disk.create", StringComparison.Ordinal));
        Assert.DoesNotContain("rootsshkey", asked.Parameters.Keys);
    });

    [Fact]
    public Task A_disk_with_a_StackScript_gets_its_data() => V3World.RunAsync(async world =>
    {
        var node = (await world.Cloud.CreateNodeAsync(V3World.Order(), None)).Id;
        var script = await world.Cloud.CreateStackScriptAsync(
            new("shop", ["any/all"], "#!/bin/bash\n# <UDF name=\"db_name\" label=\"Database\" />\necho $DB_NAME\n", "a shop"), None);
        var order = new DiskOrder("root", 5000, "ext4") { Image = "linode/debian12", RootPassword = Password };

        var data = new Dictionary<string, Sensitive> { ["db_name"] = new("shop \"1\"") };
        await world.Cloud.CreateDiskAsync(node, order with { Script = new(script.Id, data) }, None);
        var unanswered = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.CreateDiskAsync(
            node, order with { Script = new(script.Id, new Dictionary<string, Sensitive>()) }, None));

        var asked = world.Asked.First(one => one.Action == "linode.disk.createfromstackscript");
        var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(asked["stackscriptudfresponses"]);
        Assert.Equal(($"{script.Id}", "shop \"1\""), (asked["stackscriptid"], Assert.Single(sent!, pair => pair.Key == "db_name").Value));
        Assert.Equal(ApiFailure.Refused, unanswered.Failure);
        Assert.Contains("db_name", unanswered.Problem.Why, StringComparison.Ordinal);
    });

    [Fact]
    public Task A_disk_is_made_from_an_image_of_the_account() => V3World.RunAsync(async world =>
    {
        var (node, _) = await world.LaidOutAsync();
        var disk = Assert.Single(await world.Cloud.ListDisksAsync(node, None).AllAsync()).Id;
        var image = (await world.Console.SendAsync(new ImagizeDisk(node, disk, "golden"))).ImageId;
        await world.Cloud.Events.WaitIdleAsync(node, None);
        var offer = await world.Cloud.GetOfferAsync(None);
        Assert.Contains(offer.Images, one => (one.Id, one.Label, one.IsPublic) == ($"private/{image}", "golden", false));

        var copy = await world.Cloud.CreateDiskAsync(
            node, new("copy", 6000, "ext4") { Image = $"private/{image}", RootPassword = Password, AuthorizedKeys = ["ssh-ed25519 AAAA one"] }, None);
        await world.Cloud.Events.WaitAsync(node, "disk_create", copy.Id, None);

        var asked = Assert.Single(world.Asked, one => one.Action == "linode.disk.createfromimage");
        Assert.Equal(($"{image}", "ssh-ed25519 AAAA one"), (asked["imageid"], asked["rootsshkey"]));
        Assert.Contains(await world.Cloud.ListDisksAsync(node, None).AllAsync(), one => one == copy with { Status = "ready" });
    });

    [Theory]
    [InlineData("/dev/sda", 1)]
    [InlineData("/dev/sdb", 2)]
    public Task A_configuration_boots_from_the_disk_that_is_its_root(string device, int place) => V3World.RunAsync(async world =>
    {
        var node = (await world.Cloud.CreateNodeAsync(V3World.Order(), None)).Id;
        var swap = await world.Cloud.CreateDiskAsync(node, new("swap", 512, "swap"), None);
        var root = await world.Cloud.CreateDiskAsync(node, new("root", 5000, "ext4"), None);

        var made = await world.Cloud.CreateConfigAsync(node, new("boot", "linode/grub2", [swap.Id, root.Id], device), None);

        Assert.Equal(made, Assert.Single(await world.Cloud.ListConfigsAsync(node, None).AllAsync()));
        var row = Assert.Single(await world.Console.SendAsync(new ListConfigs(node)));
        Assert.Equal((made.Id, "boot", place, 210), (row.ConfigId, row.Label, row.RootDeviceNum, row.KernelId));
        Assert.Equal([swap.Id, root.Id], row.Disks.OfType<long>());
    });
}
