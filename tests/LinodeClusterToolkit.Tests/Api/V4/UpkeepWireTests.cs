using System.Text.Json;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Api.V4;

public sealed class UpkeepWireTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly BalancerPortOrder Port =
        new(443, "tcp", "source", "none", "http", "/up", null, 31, 30, 3, [new("web-1", "192.168.130.2:443")]);

    [Fact]
    public async Task Changes_of_a_node_travel_as_what_is_changed_and_no_more()
    {
        var api = await SentAsync(Clouds.Node, async cloud =>
        {
            await cloud.SetNodeTagsAsync(7, ["lct:1", "blue"], None);
            await cloud.ResizeNodeAsync(7, "g6-standard-2", false, None);
            await cloud.ResizeDiskAsync(7, 11, 30_000, None);
        });
        Assert.Equal("PUT /v4/linode/instances/7", Line(api.Seen[0]));
        AssertJson("""{"tags":["lct:1","blue"]}""", api.Seen[0].Body);
        Assert.Equal("POST /v4/linode/instances/7/resize", Line(api.Seen[1]));
        AssertJson("""{"type":"g6-standard-2","allow_auto_disk_resize":false}""", api.Seen[1].Body);
        Assert.Equal("POST /v4/linode/instances/7/disks/11/resize", Line(api.Seen[2]));
        AssertJson("""{"size":30000}""", api.Seen[2].Body);
    }

    [Fact]
    public async Task A_rebuild_gives_again_all_that_rode_along_at_the_creation()
    {
        var api = await SentAsync(Clouds.Node, cloud => cloud.RebuildNodeAsync(
            7,
            new("linode/debian12")
            {
                RootPassword = new Sensitive("Very-Secret-1"), AuthorizedKeys = ["ssh-ed25519 AAAA"], Booted = false,
                UserData = new Sensitive("I2Nsb3VkLWNvbmZpZw=="),
                Script = new(3, new Dictionary<string, Sensitive> { ["db"] = new Sensitive("shop") }),
            },
            None));
        Assert.Equal("POST /v4/linode/instances/7/rebuild", Line(Assert.Single(api.Seen)));
        AssertJson(
            """
            {"image":"linode/debian12","root_pass":"Very-Secret-1","authorized_keys":["ssh-ed25519 AAAA"],"booted":false,
             "stackscript_id":3,"stackscript_data":{"db":"shop"},"metadata":{"user_data":"I2Nsb3VkLWNvbmZpZw=="}}
            """,
            api.Seen[0].Body);
    }

    [Fact]
    public async Task Changes_of_a_volume_travel_one_by_one()
    {
        var api = await SentAsync("""{"id":5,"label":"data","status":"resizing","size":40,"tags":["lct:1"]}""", async cloud =>
        {
            Assert.Equal((40, "resizing"), await cloud.ResizeVolumeAsync(5, 40, None) is var grown ? (grown.SizeGb, grown.Status) : default);
            Assert.Equal(["lct:1"], (await cloud.SetVolumeTagsAsync(5, ["lct:1"], None)).Tags);
            await cloud.CloneVolumeAsync(5, "copy", None);
        });
        Assert.Equal(["POST /v4/volumes/5/resize", "PUT /v4/volumes/5", "POST /v4/volumes/5/clone"], api.Seen.Select(Line));
        AssertJson("""{"size":40}""", api.Seen[0].Body);
        AssertJson("""{"tags":["lct:1"]}""", api.Seen[1].Body);
        AssertJson("""{"label":"copy"}""", api.Seen[2].Body);
    }

    [Fact]
    public async Task A_port_is_opened_with_its_back_ends_and_changed_without()
    {
        var api = new FakeApi((request, _) => request.Method == "GET"
            ? FakeApi.Page("""{"id":91,"label":"web-1","address":"192.168.130.2:443","status":"Unknown","weight":50,"mode":"drain"}""")
            : FakeApi.Json(request.PathAndQuery.Contains("/nodes/", StringComparison.Ordinal)
                ? """{"id":91,"label":"web-1","address":"192.168.130.2:443","mode":"drain"}"""
                : """{"id":9,"port":443,"protocol":"tcp","algorithm":"source","stickiness":"none","check":"http","check_path":"/up"}"""));
        var cloud = LinodeV4.Create(Clouds.On(api, new ManualTime()));

        var made = await cloud.CreateBalancerPortAsync(3, Port, None);
        await cloud.UpdateBalancerPortAsync(3, 9, Port with { Algorithm = "leastconn" }, None);
        await cloud.SetBackendModeAsync(3, 9, 91, "drain", None);
        Assert.True(await cloud.DeleteBalancerPortAsync(3, 9, None));

        Assert.Equal((9, 443, "tcp", "source", "none", "http", "/up"),
            (made.Id, made.Port, made.Protocol, made.Algorithm, made.Stickiness, made.Check, made.CheckPath));
        Assert.Equal(("web-1", "drain", 50), Assert.Single(made.Backends) is var end ? (end.Label, end.Mode, end.Weight) : default);
        var sent = api.Seen.Where(request => request.Method != "GET").ToList();
        Assert.Equal(
            [
                "POST /v4/nodebalancers/3/configs", "PUT /v4/nodebalancers/3/configs/9", "PUT /v4/nodebalancers/3/configs/9/nodes/91",
                "DELETE /v4/nodebalancers/3/configs/9",
            ],
            sent.Select(Line));
        AssertJson(
            """
            {"port":443,"protocol":"tcp","algorithm":"source","stickiness":"none","check":"http","check_path":"/up","check_interval":31,
             "check_timeout":30,"check_attempts":3,"nodes":[{"label":"web-1","address":"192.168.130.2:443"}]}
            """,
            sent[0].Body);
        AssertJson(
            """
            {"port":443,"protocol":"tcp","algorithm":"leastconn","stickiness":"none","check":"http","check_path":"/up","check_interval":31,
             "check_timeout":30,"check_attempts":3}
            """,
            sent[1].Body);
        AssertJson("""{"mode":"drain"}""", sent[2].Body);
    }

    [Fact]
    public async Task Rules_of_a_firewall_are_replaced_as_a_whole()
    {
        var api = await SentAsync("""{"inbound_policy":"DROP","outbound_policy":"ACCEPT"}""", cloud =>
            cloud.SetFirewallRulesAsync(12, FirewallRules.OnlySsh(["0.0.0.0/0"]), None));
        Assert.Equal("PUT /v4/networking/firewalls/12/rules", Line(Assert.Single(api.Seen)));
        AssertJson(
            """
            {"inbound_policy":"DROP","outbound_policy":"ACCEPT","outbound":[],"inbound":[
              {"label":"ssh","action":"ACCEPT","protocol":"TCP","ports":"22","addresses":{"ipv4":["0.0.0.0/0"]}}]}
            """,
            api.Seen[0].Body);
    }

    [Fact]
    public async Task What_is_gone_already_is_no_failure()
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Error(404, "Not found")));
        var cloud = LinodeV4.Create(Clouds.On(api, new ManualTime()));
        Assert.False(await cloud.DeleteDiskAsync(7, 11, None));
        Assert.False(await cloud.DeleteConfigAsync(7, 9, None));
        Assert.False(await cloud.DeleteBalancerPortAsync(3, 9, None));
    }

    private static string Line(SeenRequest request) => $"{request.Method} {request.PathAndQuery}";

    private static async Task<FakeApi> SentAsync(string answer, Func<ILinodeCloud, Task> calls)
    {
        var api = FakeApi.Script(new Func<HttpResponseMessage>(() => FakeApi.Json(answer)));
        await calls(LinodeV4.Create(Clouds.On(api, new ManualTime())));
        return api;
    }

    private static void AssertJson(string expected, string actual)
    {
        using var wanted = JsonDocument.Parse(expected);
        using var got = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, got.RootElement), $"sent: {actual}");
    }
}
