using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V3;

/// <summary>Answers of <c>linode.create</c> that got lost, and what is taken up of them.</summary>
[Collection(VirtualTimeCollection.Name)]
public sealed class V3StraysTests
{
    private const string MadeAndLost = "cut-after on POST /v3/linode.create times=1";
    private const string NeverMade = "cut-before on POST /v3/linode.create times=1";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Month = TimeSpan.FromDays(30); // timers take little more
    private static readonly TimeSpan TimeToName = TimeSpan.FromSeconds(90);

    [Fact]
    public Task A_node_whose_answer_got_lost_is_taken_named_and_marked() => V3World.RunAsync(
        async world =>
        {
            var order = V3World.Order() with { PrivateIp = true };
            await LoseAsync(world, order);
            var stray = Assert.Single(await world.Console.SendAsync(new ListLinodes()));
            Assert.Equal(($"linode{stray.LinodeId}", ""), (stray.Label, stray.DisplayGroup));

            var taken = await ClaimAsync(world.Cloud, order);

            Assert.Equal((stray.LinodeId, "web-1"), (taken?.Id, taken?.Label));
            Assert.Equal([V3World.Owner], taken!.Tags);
            Assert.StartsWith("192.168.", taken.PrivateIpv4, StringComparison.Ordinal);
            Assert.True(world.Time.GetUtcNow() - stray.Created >= TimeToName);
            Assert.Null(await ClaimAsync(world.Cloud, V3World.Order("web-2")));
            Assert.Single(await world.Console.SendAsync(new ListLinodes()));
        },
        MadeAndLost);

    [Fact]
    public Task A_private_address_that_is_there_already_is_not_asked_for_again() => V3World.RunAsync(
        async world =>
        {
            var order = V3World.Order() with { PrivateIp = true };
            await LoseAsync(world, order);

            var taken = await ClaimAsync(world.Cloud, order);

            Assert.Equal(2, taken!.Ipv4.Count);
            Assert.Single(world.Asked, one => one.Action == "linode.ip.addprivate");
        },
        "cut-after on POST /v3/linode.ip.addprivate times=1");

    [Fact]
    public Task In_the_hour_that_autumn_has_twice_a_stray_is_ours_all_the_same() => V3World.RunAsync(
        async world =>
        {
            // 1:30 in New York, for the second time.
            var then = new DateTimeOffset(2026, 11, 1, 6, 30, 0, TimeSpan.Zero);
            while (then - world.Time.GetUtcNow() is var left && left > TimeSpan.Zero)
            {
                await world.PassAsync(left < Month ? left : Month);
            }

            await LoseAsync(world, V3World.Order());

            Assert.NotNull(await ClaimAsync(world.Cloud, V3World.Order()));
        },
        MadeAndLost);

    [Theory]
    [InlineData("after our first try", true)]
    [InlineData("before our first try", false)]
    [InlineData("of another type", false)]
    [InlineData("in another region", false)]
    [InlineData("with a group", false)]
    [InlineData("with a name", false)]
    [InlineData("with a disk", false)]
    [InlineData("booted once", false)]
    public Task Only_what_may_be_ours_is_taken(string made, bool isTaken) => V3World.RunAsync(
        async world =>
        {
            var first = made == "before our first try" ? await MakeAsync(world, made) : 0;
            await world.PassAsync(TimeSpan.FromMinutes(3));
            await LoseAsync(world, V3World.Order());
            var theirs = first > 0 ? first : await MakeAsync(world, made);
            await world.PassAsync(TimeSpan.FromMinutes(5));
            var before = Assert.Single(await world.Console.SendAsync(new ListLinodes()));

            var taken = await ClaimAsync(world.Cloud, V3World.Order());

            Assert.Equal(isTaken ? theirs : null, taken?.Id);
            var after = Assert.Single(await world.Console.SendAsync(new ListLinodes()));
            Assert.Equal(isTaken ? ("web-1", V3World.Owner) : (before.Label, before.DisplayGroup), (after.Label, after.DisplayGroup));
        },
        made == "before our first try" ? "cut-before on POST /v3/linode.create nth=2" : NeverMade);

    [Fact]
    public Task Of_the_types_that_may_have_been_asked_for_each_will_do() => V3World.RunAsync(
        async world =>
        {
            await LoseAsync(world, V3World.Order() with { Type = "g6-standard-1" });
            Assert.Null(await world.Cloud.ClaimStrayAsync(V3World.Order(), ["g6-nanode-1"], null, None));
            var taken = await world.Cloud.ClaimStrayAsync(V3World.Order(), ["g6-nanode-1", "g6-standard-1"], null, None);
            Assert.Equal("g6-standard-1", taken?.Type);
        },
        MadeAndLost);

    [Fact]
    public Task A_young_one_that_gets_a_name_meanwhile_is_not_taken() => V3World.RunAsync(
        async world =>
        {
            await LoseAsync(world, V3World.Order());
            var theirs = await MakeAsync(world, "");

            var claim = ClaimAsync(world.Cloud, V3World.Order());
            await world.PassAsync(TimeSpan.FromSeconds(60));
            Assert.False(claim.IsCompleted);
            await world.Console.SendAsync(new UpdateLinode(theirs, new("theirs")));

            Assert.Null(await claim);
            Assert.Equal("theirs", Assert.Single(await world.Console.SendAsync(new ListLinodes())).Label);
        },
        NeverMade);

    [Fact]
    public Task Two_claims_at_once_take_two_strays() => V3World.RunAsync(
        async world =>
        {
            // With a private address, more than one request lies between finding and naming.
            NodeOrder[] orders = [V3World.Order("web-1") with { PrivateIp = true }, V3World.Order("web-2") with { PrivateIp = true }];
            await LoseAsync(world, orders[0]);
            await LoseAsync(world, orders[1]);

            var taken = await Task.WhenAll(orders.Select(order => ClaimAsync(world.Cloud, order)));

            Assert.Equal(["web-1", "web-2"], taken.Select(node => node?.Label));
            var rows = await world.Console.SendAsync(new ListLinodes());
            Assert.Equal(rows.Select(row => (row.LinodeId, row.Label)).Order(), taken.Select(node => (node!.Id, node.Label)).Order());
        },
        "cut-after on POST /v3/linode.create times=2");

    [Fact]
    public Task Nothing_is_made_while_a_claim_is_at_work() => V3World.RunAsync(
        async world =>
        {
            await LoseAsync(world, V3World.Order("web-1"));
            var lost = Assert.Single(await world.Console.SendAsync(new ListLinodes())).LinodeId;

            var claim = ClaimAsync(world.Cloud, V3World.Order("web-1"));
            var create = world.Cloud.CreateNodeAsync(V3World.Order("web-2"), None);
            await world.PassAsync(TimeSpan.FromSeconds(60));
            Assert.False(claim.IsCompleted);
            Assert.Single(world.Asked, one => one.Action == "linode.create");

            Assert.Equal((lost, "web-1"), ((await claim)!.Id, (await claim)!.Label));
            Assert.Equal("web-2", (await create).Label);
            Assert.Equal(2, (await world.Console.SendAsync(new ListLinodes())).Count);
        },
        MadeAndLost);

    [Fact]
    public Task A_claim_waits_for_nodes_of_its_process_that_have_no_name_yet() => V3World.RunAsync(
        async world =>
        {
            await LoseAsync(world, V3World.Order("web-1"));
            var create = world.Cloud.CreateNodeAsync(V3World.Order("web-2"), None);
            await world.PassAsync(TimeSpan.FromMinutes(2));
            Assert.Equal("linode", Assert.Single(await world.Console.SendAsync(new ListLinodes())).Label[..6]);

            Assert.Null(await ClaimAsync(world.Cloud, V3World.Order("web-1")));
            Assert.Equal("web-2", (await create).Label);
        },
        NeverMade,
        "429=180s on POST /v3/linode.update times=1");

    [Theory]
    [InlineData(15, true)]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public Task After_a_death_what_was_made_since_the_dead_one_began_is_taken(int begunMinutesAgo, bool isTaken) => V3World.RunAsync(
        async world =>
        {
            await LoseAsync(world, V3World.Order());
            await world.PassAsync(TimeSpan.FromMinutes(10));

            var taken = await world.Other.ClaimStrayAsync(
                V3World.Order(), ["g6-nanode-1"], TimeSpan.FromMinutes(begunMinutesAgo), None);

            Assert.Equal(isTaken ? "web-1" : null, taken?.Label);
        },
        MadeAndLost);

    private static Task<CloudNode?> ClaimAsync(ILinodeCloud cloud, NodeOrder order) => cloud.ClaimStrayAsync(order, [order.Type], null, None);

    private static async Task LoseAsync(V3World world, NodeOrder order)
    {
        var lost = await Assert.ThrowsAsync<LinodeApiException>(() => world.Cloud.CreateNodeAsync(order, None));
        Assert.Equal(ApiFailure.AnswerLost, lost.Failure);
    }

    // Somebody else's, bare but for what is said of it.
    private static async Task<long> MakeAsync(V3World world, string what)
    {
        var id = (await world.Console.SendAsync(new CreateLinode(what == "in another region" ? 2 : 6, what == "of another type" ? 2 : 1))).LinodeId;
        switch (what)
        {
            case "with a group":
                await world.Console.SendAsync(new UpdateLinode(id, new(DisplayGroup: "theirs")));
                break;
            case "with a name":
                await world.Console.SendAsync(new UpdateLinode(id, new("theirs")));
                break;
            case "with a disk":
                await world.Console.SendAsync(new CreateDisk(id, "data", "ext4", 1000));
                break;
            case "booted once":
                await BootOnceAsync(world, id);
                break;
        }

        return id;
    }

    // And left without a disk again.
    private static async Task BootOnceAsync(V3World world, long id)
    {
        var disk = (await world.Console.SendAsync(new CreateDisk(id, "root", "ext4", 1000))).DiskId;
        var config = (await world.Console.SendAsync(new CreateConfig(id, new(210, "boot", [disk])))).ConfigId;
        await world.Console.SendAsync(new BootLinode(id, config));
        await world.Console.SendAsync(new ShutDownLinode(id));
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await world.Console.SendAsync(new DeleteDisk(id, disk));
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(await world.Console.SendAsync(new ListDisks(id)));
    }
}
