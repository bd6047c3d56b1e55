using System.Text.Json;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V4;

public sealed class WireTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTime time = new();

    [Fact]
    public async Task A_node_travels_with_owner_tag_label_firewall_and_revealed_password()
    {
        var (api, cloud) = Answering(Clouds.Node);
        var order = Clouds.Order() with { Group = "web", PrivateIp = true, Booted = false, AuthorizedKeys = ["ssh-ed25519 AAAA"] };
        await cloud.CreateNodeAsync(order, None);
        var sent = Assert.Single(api.Seen);
        Assert.Equal(("POST", "/v4/linode/instances", "Bearer t0ken-of-tests"), (sent.Method, sent.PathAndQuery, sent.Authorization));
        AssertJson(
            """
            {"region":"us-east","type":"g6-nanode-1","label":"web-1","image":"linode/debian12","group":"web","tags":["lct:1"],
             "root_pass":"Very-Secret-1","authorized_keys":["ssh-ed25519 AAAA"],"booted":false,"private_ip":true,"firewall_id":12}
            """,
            api.Seen[0].Body);
    }

    [Fact]
    public async Task A_node_without_image_is_ordered_without_what_needs_one()
    {
        var (api, cloud) = Answering(Clouds.Node);
        await cloud.CreateNodeAsync(Clouds.Order() with { Image = null, Booted = false, AuthorizedKeys = ["ssh-ed25519 AAAA"] }, None);
        AssertJson(
            """{"region":"us-east","type":"g6-nanode-1","label":"web-1","tags":["lct:1"],"private_ip":false,"firewall_id":12}""", api.Seen[0].Body);
    }

    [Fact]
    public async Task A_balancer_is_made_with_its_ports_and_back_ends_in_one_call()
    {
        var (api, cloud) = Answering("""{"id":3,"label":"lb-1","region":"us-east"}""");
        var port = new BalancerPortOrder(80, "http", "leastconn", "table", "http", "/up", null, 31, 30, 3, [new("web-1", "192.168.130.2:80")]);
        await cloud.CreateBalancerAsync(new("lb-1", "us-east", ["lct:1"], 12, [port]), None);
        AssertJson(
            """
            {"region":"us-east","label":"lb-1","firewall_id":12,"tags":["lct:1"],"configs":[
              {"port":80,"protocol":"http","algorithm":"leastconn","stickiness":"table","check":"http","check_path":"/up",
               "check_interval":31,"check_timeout":30,"check_attempts":3,"nodes":[{"label":"web-1","address":"192.168.130.2:80"}]}]}
            """,
            api.Seen[0].Body);
    }

    [Fact]
    public async Task A_firewall_carries_its_rules()
    {
        var (api, cloud) = Answering("""{"id":12,"label":"fw-1","status":"enabled"}""");
        await cloud.CreateFirewallAsync(new("fw-1", FirewallRules.OnlySsh(["0.0.0.0/0", "::/0"]), ["lct:1"]), None);
        AssertJson(
            """
            {"label":"fw-1","tags":["lct:1"],"rules":{"inbound_policy":"DROP","outbound_policy":"ACCEPT","outbound":[],"inbound":[
              {"label":"ssh","action":"ACCEPT","protocol":"TCP","ports":"22","addresses":{"ipv4":["0.0.0.0/0"],"ipv6":["::/0"]}}]}}
            """,
            api.Seen[0].Body);
    }

    [Fact]
    public async Task Disks_configurations_and_volumes_travel_whole()
    {
        var (api, cloud) = Answering("""{"id":1,"label":"data","status":"creating","filesystem":"ext4","size":20}""");
        await cloud.CreateDiskAsync(7, new("data", 2048, "ext4"), None);
        await cloud.CreateConfigAsync(7, new("boot", "linode/grub2", [11, 12], "/dev/sda"), None);
        await cloud.CreateVolumeAsync(new("vol-1", "us-east", 20, ["lct:1"], null, null), None);
        await cloud.CreateVolumeAsync(new("vol-2", "us-east", 20, ["lct:1"], 7, 9), None);
        await cloud.AttachVolumeAsync(5, 7, null, None);
        Assert.Equal(
            ["/v4/linode/instances/7/disks", "/v4/linode/instances/7/configs", "/v4/volumes", "/v4/volumes", "/v4/volumes/5/attach"],
            api.Seen.Select(request => request.PathAndQuery));
        AssertJson("""{"label":"data","size":2048,"filesystem":"ext4"}""", api.Seen[0].Body);
        AssertJson(
            """{"label":"boot","kernel":"linode/grub2","root_device":"/dev/sda","devices":{"sda":{"disk_id":11},"sdb":{"disk_id":12}}}""",
            api.Seen[1].Body);
        AssertJson("""{"label":"vol-1","size":20,"region":"us-east","tags":["lct:1"]}""", api.Seen[2].Body);
        AssertJson("""{"label":"vol-2","size":20,"linode_id":7,"config_id":9,"tags":["lct:1"]}""", api.Seen[3].Body);
        AssertJson("""{"linode_id":7,"persist_across_boots":true}""", api.Seen[4].Body);
    }

    [Fact]
    public async Task Reads_addresses_by_range_not_by_order_and_keeps_words_it_does_not_know()
    {
        var (_, cloud) = Answering(
            """
            {"id":7,"label":"web-1","status":"being_polished","region":"us-east","type":"g6-nanode-1","image":null,
             "ipv4":["192.168.130.2","203.0.113.9"],"ipv6":"2600:3c03::1/128","tags":["lct:1"],"brand_new_member":{"x":[1]},"created":"soon"}
            """);
        var node = await cloud.FindNodeAsync(7, None);
        Assert.Equal(("203.0.113.9", "192.168.130.2", "2600:3c03::1"), (node!.PublicIpv4, node.PrivateIpv4, node.Ipv6));
        Assert.Equal(("being_polished", null), (node.Status, node.Image));
    }

    [Fact]
    public async Task Gone_is_an_answer_not_a_failure()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Error(404, "Not found")));
        var cloud = LinodeV4.Create(Clouds.On(api, time));
        Assert.Null(await cloud.FindNodeAsync(7, None));
        Assert.False(await cloud.DeleteNodeAsync(7, None));
        Assert.False(await cloud.DeleteVolumeAsync(7, None));
        Assert.False(await cloud.DeleteBalancerAsync(7, None));
        Assert.False(await cloud.DeleteFirewallAsync(7, None));
    }

    [Fact]
    public async Task Times_are_UTC_although_nothing_says_so()
    {
        var (_, client) = Client("""{"id":5,"label":"v","status":"active","size":10,"created":"2018-01-02T03:04:05"}""");
        var volume = await client.SendAsync(new GetVolume(5));
        Assert.Equal(new DateTimeOffset(2018, 1, 2, 3, 4, 5, TimeSpan.Zero), volume.Created);
    }

    [Theory]
    [InlineData("linode/debian12", "/v4/images/linode%2Fdebian12")]
    [InlineData("private/123", "/v4/images/private%2F123")]
    [InlineData("a?b#c d", "/v4/images/a%3Fb%23c%20d")]
    [InlineData("../account", "/v4/images/..%2Faccount")]
    public async Task Ids_stay_one_segment_of_the_path(string id, string path)
    {
        var (api, client) = Client("""{"id":"linode/debian12","label":"Debian 12"}""");
        await client.SendAsync(new GetImage(id));
        Assert.Equal(path, api.Seen[0].PathAndQuery);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public void Ids_that_step_through_the_path_are_refused(string id) => Assert.Throws<ArgumentException>(() => new DeleteTag(id));

    [Fact]
    public async Task The_catalogue_needs_no_token_and_private_images_come_with_one()
    {
        var api = new FakeApi((request, _) => request.PathAndQuery switch
        {
            var path when path.StartsWith("/v4/regions?", StringComparison.Ordinal) => FakeApi.Page(
                """{"id":"us-east","label":"Newark, NJ","country":"us","capabilities":["Linodes","VPCs"],"status":"ok","site_type":"core"}"""),
            var path when path.StartsWith("/v4/linode/types?", StringComparison.Ordinal) => FakeApi.Page(
                """
                {"id":"g6-nanode-1","label":"Nanode 1GB","class":"nanode","memory":1024,"disk":25600,"vcpus":1,"transfer":1000,"network_out":1000,
                 "price":{"hourly":0.0075,"monthly":null},"region_prices":[{"id":"br-gru","hourly":0.0105,"monthly":7.0}],"successor":null}
                """),
            var path when path.StartsWith("/v4/images?", StringComparison.Ordinal) => FakeApi.Page(
                """
                {"id":"linode/debian12","label":"Debian 12","vendor":"Debian","size":1300,"is_public":true,"status":"available",
                 "capabilities":["cloud-init"]}
                """),
            _ => FakeApi.Page("""{"id":"linode/grub2","label":"GRUB 2","version":"","architecture":"x86_64"}"""),
        });
        var offer = await LinodeV4.Create(Clouds.On(api, time) with
        {
            Token = () => throw new LinodeToolkitException(new Problem("LCT3001", "no Linode token found")),
        }).GetOfferAsync(None);
        Assert.All(api.Seen, request => Assert.Null(request.Authorization));
        var type = Assert.Single(offer.Types);
        Assert.Equal((0.0075m, null, 7.0m), (type.Price.Hourly, type.Price.Monthly, type.PriceIn("br-gru").Monthly));
        Assert.True(Assert.Single(offer.Images).HasCloudInit);
        Assert.True(Assert.Single(offer.Regions).Has("VPCs"));
        Assert.Equal("linode/grub2", Assert.Single(offer.Kernels).Id);
    }

    [Fact]
    public async Task A_call_that_needs_a_token_says_that_there_is_none_and_sends_nothing()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(Clouds.Node)));
        var cloud = LinodeV4.Create(Clouds.On(api, time) with
        {
            Token = () => throw new LinodeToolkitException(new Problem("LCT3001", "no Linode token found")),
        });
        var failure = await Assert.ThrowsAsync<LinodeToolkitException>(() => cloud.FindNodeAsync(7, None));
        Assert.Equal(("LCT3001", 0), (failure.Problem.Code, api.Seen.Count));
    }

    [Fact]
    public async Task An_identity_is_one_call_and_tells_the_scopes()
    {
        var api = new FakeApi((_, _) =>
            FakeApi.Json("""{"username":"ann"}""", 200, ("X-OAuth-Scopes", "linodes:read_write, events:read_only")));
        var identity = await LinodeV4.Create(Clouds.On(api, time)).GetIdentityAsync(None);
        Assert.Equal("ann", identity.UserName);
        Assert.Equal(["linodes:read_write", "events:read_only"], identity.Scopes);
    }

    [Fact]
    public async Task Ports_of_a_balancer_come_with_their_back_ends()
    {
        var api = new FakeApi((request, _) => request.PathAndQuery.Contains("/nodes?", StringComparison.Ordinal)
            ? FakeApi.Page("""{"id":91,"label":"web-1","address":"192.168.130.2:80","status":"Unknown"}""")
            : FakeApi.Page("""{"id":9,"port":80,"protocol":"http"}"""));
        var port = Assert.Single(await LinodeV4.Create(Clouds.On(api, time)).GetBalancerPortsAsync(3, None));
        Assert.Equal((9, 80, "192.168.130.2:80"), (port.Id, port.Port, Assert.Single(port.Backends).Address));
        Assert.Equal("/v4/nodebalancers/3/configs/9/nodes?page=1&page_size=500", api.Seen[1].PathAndQuery);
    }

    [Fact]
    public void An_operation_prints_no_secret()
    {
        var operation = new CreateInstance(new("us-east", RootPass: new Sensitive("Very-Secret-1"), Metadata: new(new Sensitive("c2VjcmV0"))));
        Assert.Equal("POST linode/instances", operation.ToString());
        Assert.DoesNotContain("Secret", operation.Instance.ToString(), StringComparison.Ordinal);
    }

    private static void AssertJson(string expected, string actual)
    {
        using var wanted = JsonDocument.Parse(expected);
        using var got = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, got.RootElement), $"sent: {actual}");
    }

    private (FakeApi Api, ILinodeCloud Cloud) Answering(string json)
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(json)));
        return (api, LinodeV4.Create(Clouds.On(api, time)));
    }

    private (FakeApi Api, LinodeV4Client Client) Client(string json)
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(json)));
        return (api, new LinodeV4Client(Clouds.On(api, time)));
    }
}
