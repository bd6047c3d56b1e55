using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;

namespace LinodeClusterToolkit.Tests.Api.V3;

[Collection(VirtualTimeCollection.Name)]
public sealed class V3CloudNodesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(CatalogueChoice.Today, "us-east", "g6-nanode-1")]
    [InlineData(CatalogueChoice.Beta2017, "us-east-1a", "g5-nanode-1")]
    public Task A_node_is_found_by_label_by_tag_and_by_id_under_the_names_of_version_4(CatalogueChoice catalogue, string region, string type) =>
        V3World.RunAsync(new EmulatorOptions { Catalogue = catalogue }, async world =>
        {
            var order = V3World.Order() with { Region = region, Type = type };
            var made = await world.Cloud.CreateNodeAsync(order with { PrivateIp = true }, None);
            var other = await world.Cloud.CreateNodeAsync(order with { Label = "web-2", Tags = ["lct:00000000000000ff"] }, None);

            Assert.Equal(("web-1", region, type, "offline"), (made.Label, made.Region, made.Type, made.Status));
            Assert.Equal([V3World.Owner], made.Tags);
            Assert.StartsWith("192.168.", made.PrivateIpv4, StringComparison.Ordinal);
            Assert.Equal([made.PublicIpv4!, made.PrivateIpv4!], made.Ipv4);
            Assert.Null(other.PrivateIpv4);
            Assert.NotEqual(made.PublicIpv4, other.PublicIpv4);
            Assert.Equal(made.Id, Assert.Single(await world.Cloud.ListNodesAsync(new(Label: "web-1"), None).AllAsync()).Id);
            Assert.Equal(made.Id, Assert.Single(await world.Cloud.ListNodesAsync(new(Tag: V3World.Owner), None).AllAsync()).Id);
            Assert.Equal(made.PublicIpv4, (await world.Cloud.FindNodeAsync(made.Id, None))?.PublicIpv4);
            var both = await world.Other.ListNodesAsync(new(), None).AllAsync();
            Assert.Equal([made.PublicIpv4, other.PublicIpv4], both.Select(node => node.PublicIpv4));
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_node_is_deleted_once_and_is_gone(bool isRefused) =>
        V3World.RunAsync(new EmulatorOptions { V3RefusesUnknownLinode = isRefused }, async world =>
        {
            var (node, _) = await world.LaidOutAsync();
            Assert.True(await world.Cloud.DeleteNodeAsync(node, None));
            await world.PassAsync(TimeSpan.FromMinutes(5));
            Assert.False(await world.Cloud.DeleteNodeAsync(node, None));
            Assert.Null(await world.Cloud.FindNodeAsync(node, None));
            Assert.Empty(await world.Cloud.ListNodesAsync(new(), None).AllAsync());
        });

    [Fact]
    public Task A_label_that_somebody_else_has_leaves_nothing_nameless() => V3World.RunAsync(async world =>
    {
        var theirs = (await world.Console.SendAsync(new CreateLinode(6, 1))).LinodeId;
        await world.Console.SendAsync(new UpdateLinode(theirs, new("web-1", "theirs")));

        var taken = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.CreateNodeAsync(V3World.Order(), None));

        Assert.Equal((ApiFailure.LabelTaken, "LCT5031"), (taken.Failure, taken.Problem.Code));
        var left = Assert.Single(await world.Console.SendAsync(new ListLinodes()));
        Assert.Equal((theirs, "web-1", "theirs"), (left.LinodeId, left.Label, left.DisplayGroup));
        Assert.Equal(2, world.Asked.Count(one => one.Action == "linode.create"));
    });

    [Fact]
    public Task A_private_address_that_is_refused_leaves_nothing_nameless() => V3World.RunAsync(async world =>
    {
        world.Before("linode.ip.addprivate", async () =>
        {
            var fresh = Assert.Single(await world.Console.SendAsync(new ListLinodes()));
            await world.Console.SendAsync(new AddPrivateIp(fresh.LinodeId)); // a second one is refused
        });

        var refused = await Assert.ThrowsAsync<LinodeApiException>(
            () => world.Cloud.CreateNodeAsync(V3World.Order() with { PrivateIp = true }, None));

        Assert.Equal(ApiFailure.Refused, refused.Failure);
        Assert.Contains("private", refused.Problem.Why, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await world.Console.SendAsync(new ListLinodes()));
    });

    [Fact]
    public Task A_type_that_is_not_offered_is_told_before_anything_is_made() => V3World.RunAsync(async world =>
    {
        var refused = await Assert.ThrowsAsync<LinodeApiException>(
            () => world.Cloud.CreateNodeAsync(V3World.Order() with { Type = "g1-nothing-1" }, None));
        Assert.Equal((ApiFailure.Refused, "LCT5045"), (refused.Failure, refused.Problem.Code));
        Assert.DoesNotContain(world.Asked, one => one.Action == "linode.create");
    });

    [Fact]
    public Task A_node_gets_its_mark_and_its_watchdog_afterwards_too() => V3World.RunAsync(async world =>
    {
        var made = await world.Cloud.CreateNodeAsync(V3World.Order() with { Tags = [] }, None);
        Assert.Empty(made.Tags);
        await world.Cloud.TagNodeAsync(made.Id, V3World.Owner, None);
        foreach (var on in new[] { false, true })
        {
            await world.Cloud.SetWatchdogAsync(made.Id, on, None);
            var found = Assert.Single(await world.Cloud.ListNodesAsync(new(Tag: V3World.Owner), None).AllAsync());
            Assert.Equal(on, found.IsWatched);
        }
    });
}
