using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Tests.Api.V4;

namespace LinodeClusterToolkit.Tests.Api.Emulated;

public sealed class OperationTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_catalogue_is_read_whole()
    {
        await using var world = new EmulatedCloud();
        var offer = await world.Cloud.GetOfferAsync(None);
        Assert.Contains(offer.Regions, region => region.Id == "us-east" && region.Has("Linodes"));
        Assert.Contains(offer.Types, type => type.Id == "g6-nanode-1" && type.PriceIn("us-east").Hourly > 0);
        Assert.Contains(offer.Images, image => image.Id == "linode/debian12" && image.HasCloudInit);
        Assert.Contains(offer.Kernels, kernel => kernel.Id == "linode/grub2");
        Assert.Equal("linode/debian12", (await world.SendAsync(new GetImage("linode/debian12"))).Id);
        Assert.NotEmpty(await world.SendAsync(new GetAvailability("us-east")));
        Assert.NotEmpty(await world.Client.ListAsync(new ListAvailability()).AllAsync());
    }

    [Fact]
    public async Task Account_profile_and_scopes_are_read()
    {
        await using var world = new EmulatedCloud();
        Assert.Contains("*", (await world.Cloud.GetIdentityAsync(None)).Scopes);
        Assert.NotNull((await world.SendAsync(new GetAccount())).Euuid);
        Assert.NotNull((await world.SendAsync(new GetAccountSettings())).NetworkHelper);
    }

    [Fact]
    public async Task StackScripts_and_tags_are_made_found_and_deleted()
    {
        await using var world = new EmulatedCloud();
        var script = await world.SendAsync(new CreateStackScript(new(
            "setup", ["linode/debian12"], "#!/bin/sh\n# <UDF name=\"db\" label=\"Database\">\ntrue\n")));
        Assert.Equal("db", Assert.Single(script.UserDefinedFields!).Name);
        Assert.Equal("setup", (await world.SendAsync(new GetStackScript(script.Id))).Label);
        var mine = new ListStackScripts { Filter = V4Filter.None.Where("label", "setup") };
        Assert.Equal(script.Id, Assert.Single(await world.Client.ListAsync(mine).AllAsync()).Id);
        await world.SendAsync(new DeleteStackScript(script.Id));

        var node = await world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None);
        await world.SendAsync(new CreateTag(new("blue/green", Linodes: [node.Id])));
        var tagged = Assert.Single(await world.Client.ListAsync(new ListTagged("blue/green")).AllAsync());
        Assert.Equal(("linode", node.Id), (tagged.Type, tagged.Data.Id));
        await world.SendAsync(new DeleteTag("blue/green"));
        Assert.DoesNotContain(await world.Client.ListAsync(new ListTags()).AllAsync(), tag => tag.Label == "blue/green");
    }

    [Fact]
    public async Task Rules_devices_and_addresses_are_changed()
    {
        await using var world = new EmulatedCloud();
        var node = await world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None);
        var rules = new RulesBody("DROP", "ACCEPT", [new("ACCEPT", "TCP", new(["0.0.0.0/0"]), "443", "https")], []);
        var firewall = await world.SendAsync(new CreateFirewall(new("fw-1", rules)));
        await world.SendAsync(new ReplaceFirewallRules(firewall.Id, rules with { InboundPolicy = "ACCEPT" }));
        Assert.Equal("ACCEPT", (await world.SendAsync(new GetFirewallRules(firewall.Id))).InboundPolicy);
        var device = await world.SendAsync(new AddFirewallDevice(firewall.Id, new(node.Id, "linode")));
        await world.SendAsync(new RemoveFirewallDevice(firewall.Id, device.Id));
        Assert.Empty(await world.Client.ListAsync(new ListFirewallDevices(firewall.Id)).AllAsync());

        var address = await world.SendAsync(new AddInstanceIp(node.Id, IsPublic: false));
        var all = await world.SendAsync(new GetInstanceIps(node.Id));
        Assert.Equal(address.Address, Assert.Single(all.Ipv4!.Private!).Address);
        Assert.Equal("renamed", (await world.SendAsync(new UpdateInstance(node.Id, new(Label: "renamed")))).Label);
    }

    [Fact]
    public async Task Nodes_are_rebooted_resized_and_rebuilt()
    {
        await using var world = new EmulatedCloud();
        var (events, time) = (world.Cloud.Events, world.Time);
        await events.MarkAsync(None);
        var node = await world.Cloud.CreateNodeAsync(EmulatedCloud.Order(), None);
        await time.DriveAsync(events.WaitIdleAsync(node.Id, None));
        await world.Cloud.RebootNodeAsync(node.Id, None);
        await time.DriveAsync(events.WaitAsync(node.Id, "linode_reboot", null, None));
        await time.DriveAsync(events.WaitIdleAsync(node.Id, None));
        await world.SendAsync(new ResizeInstance(node.Id, new("g6-standard-2")));
        await time.DriveAsync(events.WaitAsync(node.Id, "linode_resize", null, None));
        await time.DriveAsync(events.WaitIdleAsync(node.Id, None));
        Assert.Equal("g6-standard-2", (await world.Cloud.FindNodeAsync(node.Id, None))!.Type);
        var password = EmulatedCloud.Order().RootPassword;
        var rebuilt = await world.SendAsync(new RebuildInstance(node.Id, new(Image: "linode/debian12", RootPass: password)));
        Assert.Equal(node.Id, rebuilt.Id);
        await time.DriveAsync(events.WaitAsync(node.Id, "linode_rebuild", null, None));
    }
}
