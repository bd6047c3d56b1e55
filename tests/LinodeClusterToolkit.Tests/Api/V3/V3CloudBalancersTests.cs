using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Tests.Api.V4;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

[Collection(VirtualTimeCollection.Name)]
public sealed class V3CloudBalancersTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task A_balancer_has_the_ports_and_back_ends_of_its_order() => V3World.RunAsync(async world =>
    {
        var order = await OrderAsync(world);

        var made = await world.Cloud.CreateBalancerAsync(order, None);

        Assert.Equal(("front", "us-east"), (made.Label, made.Region));
        Assert.Equal([V3World.Owner], made.Tags);
        Assert.NotNull(made.Ipv4);
        Assert.NotNull(made.HostName);
        var ports = (await world.Cloud.GetBalancerPortsAsync(made.Id, None)).OrderBy(port => port.Port).ToList();
        Assert.Equal(
            [
                (80, "http", "roundrobin", "table", "http_body", "/up", "fine", 31, 30, 3),
                (5432, "tcp", "source", "none", "connection", null, null, 10, 5, 2),
            ],
            ports.Select(port => (
                port.Port, port.Protocol, port.Algorithm, port.Stickiness, port.Check, port.CheckPath is "" or "/" ? null : port.CheckPath,
                port.CheckBody is "" ? null : port.CheckBody, port.CheckInterval, port.CheckTimeout, port.CheckAttempts)));
        Assert.All(ports.Zip(order.Ports), pair => Assert.Equal(
            pair.Second.Backends.Select(end => (end.Label, end.Address, (string?)"accept")),
            pair.First.Backends.Select(end => (end.Label, end.Address, end.Mode)).Order()));
    });

    [Fact]
    public Task Back_ends_come_and_go_and_a_balancer_goes_once() => V3World.RunAsync(async world =>
    {
        var order = await OrderAsync(world);
        var made = await world.Cloud.CreateBalancerAsync(order with { Ports = [order.Ports[0] with { Backends = [] }] }, None);
        var port = Assert.Single(await world.Cloud.GetBalancerPortsAsync(made.Id, None)).Id;
        var wanted = order.Ports[0].Backends[0];

        await world.Cloud.AddBackendAsync(made.Id, port, wanted, None);
        var added = Assert.Single(Assert.Single(await world.Cloud.GetBalancerPortsAsync(made.Id, None)).Backends);
        Assert.Equal((wanted.Label, wanted.Address), (added.Label, added.Address));
        Assert.True(await world.Cloud.RemoveBackendAsync(made.Id, port, added.Id, None));
        Assert.False(await world.Cloud.RemoveBackendAsync(made.Id, port, added.Id, None));
        Assert.Empty(Assert.Single(await world.Cloud.GetBalancerPortsAsync(made.Id, None)).Backends);

        Assert.True(await world.Cloud.DeleteBalancerAsync(made.Id, None));
        Assert.False(await world.Cloud.DeleteBalancerAsync(made.Id, None));
        Assert.Empty(await world.Cloud.ListBalancersAsync(new(), None).AllAsync());
    });

    [Theory]
    [InlineData("cut-after on POST /v3/nodebalancer.create times=1")]
    [InlineData("cut-after on POST /v3/nodebalancer.config.create times=1")]
    [InlineData("cut-after on POST /v3/nodebalancer.node.create times=1")]
    public Task A_half_made_one_is_told_by_its_owner_and_made_anew(string fault) => V3World.RunAsync(
        async world =>
        {
            var order = await OrderAsync(world);
            var lost = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.CreateBalancerAsync(order, None));
            Assert.Equal(ApiFailure.AnswerLost, lost.Failure);
            var half = Assert.Single(await world.Cloud.ListBalancersAsync(new(Tag: V3World.Owner), None).AllAsync());
            Assert.StartsWith("lct-new-", half.Label, StringComparison.Ordinal);
            Assert.Empty(await world.Cloud.ListBalancersAsync(new("front") { Owner = V3World.Owner }, None).AllAsync());

            var made = await world.Other.CreateBalancerAsync(order, None);

            var stands = Assert.Single(await world.Console.SendAsync(new ListBalancers()));
            Assert.Equal((made.Id, "front-lct9a3c4e26"), (stands.NodeBalancerId, stands.Label));
            Assert.NotEqual(half.Id, made.Id);
            Assert.Equal([1, 2], (await world.Other.GetBalancerPortsAsync(made.Id, None)).Select(port => port.Backends.Count).Order());
        },
        fault);

    [Fact]
    public Task A_label_that_is_taken_leaves_nothing_half_made() => V3World.RunAsync(async world =>
    {
        var order = (await OrderAsync(world)) with { Ports = [] };
        var first = await world.Cloud.CreateBalancerAsync(order, None);
        var taken = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.CreateBalancerAsync(order, None));
        Assert.Equal(ApiFailure.LabelTaken, taken.Failure);
        Assert.Equal(first.Id, Assert.Single(await world.Console.SendAsync(new ListBalancers())).NodeBalancerId);
    });

    [Fact]
    public Task Balancers_are_told_apart_by_owner_and_by_labels_that_were_cut() => V3World.RunAsync(async world =>
    {
        var order = new BalancerOrder("fleet-wordpress-front-balancer-1", "us-east", [V3World.Owner], null, []);
        var first = await world.Cloud.CreateBalancerAsync(order, None);
        var second = await world.Cloud.CreateBalancerAsync(order with { Label = "fleet-wordpress-front-balancer-2" }, None);
        var theirs = await world.Cloud.CreateBalancerAsync(order with { Tags = ["lct:ffffffff00000001"] }, None);

        Assert.Equal(world.Cloud.LabelSeen(order.Label), first.Label);
        Assert.All(await world.Console.SendAsync(new ListBalancers()), row => Assert.Equal(32, row.Label.Length));
        Assert.Equal([first.Id], await IdsAsync(world.Cloud, new(order.Label) { Owner = V3World.Owner }));
        Assert.Equal([first.Id, second.Id], await IdsAsync(world.Cloud, new(Tag: V3World.Owner)));
        Assert.Equal([first.Id, second.Id, theirs.Id], await IdsAsync(world.Cloud, new()));
    });

    private static async Task<IEnumerable<long>> IdsAsync(ILinodeCloud cloud, CloudFilter filter) =>
        (await cloud.ListBalancersAsync(filter, None).AllAsync()).Select(balancer => balancer.Id).Order();

    private static async Task<BalancerOrder> OrderAsync(V3World world)
    {
        var web = await world.Cloud.CreateNodeAsync(V3World.Order() with { PrivateIp = true }, None);
        var database = await world.Cloud.CreateNodeAsync(V3World.Order("db-1") with { PrivateIp = true }, None);
        return new("front", "us-east", [V3World.Owner], null,
        [
            new(80, "http", "roundrobin", "table", "http_body", "/up", "fine", 31, 30, 3, [new("web-1", $"{web.PrivateIpv4}:80")]),
            new(5432, "tcp", "source", "none", "connection", null, null, 10, 5, 2,
                [new("db-1", $"{database.PrivateIpv4}:5432"), new("web-1", $"{web.PrivateIpv4}:5432")]),
        ]);
    }
}
