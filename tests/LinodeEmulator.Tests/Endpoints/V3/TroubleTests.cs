using System.Net;
using LinodeEmulator.Faults;
using LinodeEmulator.Limits;

namespace LinodeEmulator.Tests.Endpoints.V3;

/// <summary>Faults, limits and the log, as the older face meets them.</summary>
public sealed class TroubleTests
{
    [Theory]
    [InlineData("500", 500)]
    [InlineData("502", 502)]
    [InlineData("503", 503)]
    [InlineData("maintenance", 503)]
    public async Task Breaks_with_the_page_of_a_web_server(string spec, int status)
    {
        await using var cloud = With(spec + " on * /v3/linode.create");
        var answer = await cloud.PostFormAsync("api_key=k&api_action=linode.create&DatacenterID=6&PlanID=1");
        Assert.Equal((status, "text/html"), ((int)answer.Status, answer.ContentType));
        Assert.Empty(await cloud.RowsAsync("linode.list"));
    }

    [Fact]
    public async Task Says_within_an_answer_that_there_were_too_many()
    {
        await using var cloud = With("429=42s on * /v3/linode.list nth=2");
        await cloud.RowsAsync("linode.list");
        var refused = await cloud.PostFormAsync("api_key=k&api_action=linode.list");
        Assert.Equal((HttpStatusCode.OK, 14, "42"), (refused.Status, new Envelope(refused.Json).Code, refused.Header("Retry-After")));
        Assert.Equal("1", $"{(await cloud.GetAsync("/_emulator/counters")).Json["refused_429"]}");
    }

    [Fact]
    public async Task Cuts_before_and_after_the_work_was_done()
    {
        await using var cloud = With("cut-before on * /v3/linode.create nth=1", "cut-after on * /v3/linode.create nth=2");
        await Assert.ThrowsAsync<HttpRequestException>(() => cloud.CreateOldAsync());
        Assert.Empty(await cloud.RowsAsync("linode.list"));
        await Assert.ThrowsAsync<HttpRequestException>(() => cloud.CreateOldAsync());
        Assert.Single(await cloud.RowsAsync("linode.list"));
    }

    [Fact]
    public async Task What_breaks_one_request_of_a_batch_takes_the_whole_answer_and_leaves_done_what_came_before()
    {
        await using var cloud = With("cut-before on * /v3/linode.create nth=2", "502 on * /v3/linode.create nth=4");
        const string One = """{"api_action":"linode.create","DatacenterID":6,"PlanID":1}""";
        const string Two = $"[{One},{One}]";
        await Assert.ThrowsAsync<HttpRequestException>(() => cloud.BatchAsync(Two));
        Assert.Single(await cloud.RowsAsync("linode.list"));
        Assert.Equal(HttpStatusCode.BadGateway, (await cloud.BatchAsync(Two)).Status);
        Assert.Equal(2, (await cloud.RowsAsync("linode.list")).Count);
    }

    [Fact]
    public async Task Delays_by_the_emulators_clock()
    {
        await using var cloud = With("delay=30s on * /v3/avail.*");
        var answer = cloud.V3Async("avail.datacenters");
        Assert.False(answer.IsCompleted);
        cloud.Pass(30);
        Assert.Equal(0, (await answer).Code);
    }

    [Fact]
    public async Task Boots_can_be_slow_and_hosts_be_lost_for_a_label_that_was_given_later()
    {
        await using var cloud = With("slow-boot=10 label=web-*", "host-gone label=db-*");
        var (slow, gone) = (await cloud.BootOldAsync("web-1"), await cloud.BootOldAsync("db-1"));
        cloud.Pass(150);
        Assert.Equal("0 2", $"{await cloud.OldStatusOfAsync(slow)} {await cloud.OldStatusOfAsync(gone)}");
        Assert.Equal(
            "linode.boot Host initiated restart 1974-01-04 00:00:00.0 0",
            (await cloud.RowsAsync("linode.job.list", $"LinodeID={gone}"))[0].Told("ACTION", "LABEL", "ENTERED_DT", "HOST_SUCCESS"));
        await cloud.DataAsync("linode.boot", $"LinodeID={gone}");
        cloud.Pass(900);
        Assert.Equal("1 2", $"{await cloud.OldStatusOfAsync(slow)} {await cloud.OldStatusOfAsync(gone)}");
        Assert.Equal("System Boot - main: 0 The host does not answer", (await cloud.JobsOfAsync(gone))[^1]);
    }

    [Fact]
    public async Task Full_datacenters_and_accounts_take_no_more()
    {
        await using var cloud = With("sold-out=eu-west", "quota=1", "volume-quota=0", "attach-refused");
        Assert.Equal(8, (await cloud.V3Async("linode.create", "DatacenterID=7&PlanID=1")).Code);
        Assert.Equal("0", $"{(await cloud.RowsAsync("avail.linodeplans", "PlanID=1"))[0]["AVAIL"]!["7"]}");
        var id = await cloud.CreateOldAsync();
        Assert.Equal(15, (await cloud.V3Async("linode.create", "DatacenterID=6&PlanID=1")).Code);
        Assert.Equal(15, (await cloud.V3Async("volume.create", "DatacenterID=6&Label=data&Size=20")).Code);
        Assert.Equal("8 " + Unknowns.AttachRefused, (await cloud.V3Async("volume.create", $"LinodeID={id}&Label=data&Size=20")).Errors);
    }

    [Fact]
    public async Task Who_comes_to_the_console_comes_once_a_Linode_has_a_label()
    {
        await using var cloud = With("console=delete label=web-*");
        var (web, other) = (await cloud.CreateOldAsync("web-1"), await cloud.CreateOldAsync("db-1"));
        cloud.Pass(700);
        Assert.Equal([other], (await cloud.RowsAsync("linode.list")).Select(row => (long)row["LINODEID"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.GetAsync($"linode/instances/{web}")).Status);
    }

    [Fact]
    public async Task So_many_Linodes_are_added_in_an_hour_and_no_limit_of_v4_counts_them()
    {
        await using var cloud = new TestCloud(new EmulatorOptions
        {
            Limits = RateLimits.Documented
                .With(LimitClass.V3AddLinode, new LimitWindow(30, TimeSpan.FromHours(1)))
                .With(LimitClass.V3, new LimitWindow(40, TimeSpan.FromMinutes(1))),
        });
        for (var made = 0; made < 30; made++)
        {
            await cloud.CreateOldAsync();
        }

        Assert.Equal(40, (await cloud.V3Async("linode.create", "DatacenterID=6&PlanID=1")).Code);
        await cloud.CreateNodeAsync("web-1");
        for (var listed = 0; listed < 9; listed++)
        {
            await cloud.RowsAsync("linode.list");
        }

        Assert.Equal(14, (await cloud.V3Async("linode.list")).Code);
        cloud.Pass(3600);
        await cloud.CreateOldAsync();
    }

    [Fact]
    public async Task Each_action_is_logged_with_its_label_and_its_error_and_nothing_secret()
    {
        await using var cloud = new TestCloud(token: "very-secret-key");
        var id = await cloud.CreateOldAsync("web-1");
        var secrets = "rootpass=verysecret1&rootSSHKey=ssh-ed25519+verysecret2";
        await cloud.V3Async("linode.disk.createfromdistribution", $"LinodeID={id}&DistributionID=146&Label=root&Size=5000&{secrets}");
        await cloud.V3Async("linode.disk.createfromstackscript", $"LinodeID={id}&StackScriptUDFResponses={{\"a\":\"verysecret3\"}}");
        await cloud.V3Async("user.getapikey", "username=emulated-user&password=verysecret4&token=verysecret5");
        await cloud.V3Async("nodebalancer.config.create", "NodeBalancerID=1&ssl_key=verysecret6&SSL_CERT=verysecret7");
        await cloud.BatchAsync($$"""[{"api_action":"linode.boot","LinodeID":{{id}},"api_key":"very-secret-key","Token":"verysecret8"}]""");
        await cloud.BatchAsync("verysecret9");
        var log = await cloud.GetAsync("/_emulator/requests");
        Assert.DoesNotContain("secret", log.Text.Replace("user.getapikey", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            [
                "POST /v3/linode.create   ", $"POST /v3/linode.update linode{id}  ", "POST /v3/linode.disk.createfromdistribution web-1  ",
                "POST /v3/linode.disk.createfromstackscript web-1  6", "POST /v3/user.getapikey   ", "POST /v3/nodebalancer.config.create   5",
                "POST /v3/linode.boot web-1 true 8", "POST /v3/batch   11",
            ],
            log.Json.AsArray().Select(row => $"{row!["method"]} {row["path"]} {row["label"]} {row["batch"]?.ToJsonString()} {row["error"]}"));
        var body = log.Json[2]!["body"]!;
        Assert.Equal($"{id} 146 root 5000 *** ***", string.Join(' ', body.AsObject().Select(field => (string)field.Value!)));
        var counters = (await cloud.GetAsync("/_emulator/counters")).Json;
        Assert.Equal("1 0", $"{counters["created"]!["linode/instances"]} {counters["deleted"]!["linode/instances"]}");
    }

    private static TestCloud With(params string[] faults) => new(new EmulatorOptions { Faults = [.. faults.Select(FaultSpec.Parse)] });
}
