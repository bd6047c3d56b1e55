using System.Net;

namespace LinodeEmulator.Tests.Program;

public sealed class ControlPlaneTests
{
    [Fact]
    public async Task Needs_no_token_and_says_what_stands_behind_the_nodes()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Seed = 5, Latency = LatencyProfile.Fast }, token: "");
        var status = (await cloud.GetAsync("/_emulator/status")).Json;
        Assert.Equal("records 5 fast documented both virtual 2026-01-01T00:00:00Z", string.Join(' ', [
            status["hosts"], status["seed"], status["latency"], status["limits"], status["catalogue"], status["clock"]!["kind"],
            status["clock"]!["now"]]));
        Assert.Contains("no remote command really runs", (string)status["note"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_what_the_cloud_has()
    {
        await using var cloud = new TestCloud();
        await cloud.CreateNodeAsync("web-1");
        cloud.Pass(200);
        var counts = (await cloud.GetAsync("/_emulator/status")).Json["counts"]!;
        Assert.Equal(
            "1 1 2 0 3 1",
            $"{counts["linodes"]} {counts["running"]} {counts["disks"]} {counts["open_jobs"]} {counts["events"]} {counts["requests"]}");
    }

    [Fact]
    public async Task Advances_a_virtual_clock()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        var clock = (await cloud.PostAsync("/_emulator/clock", """{"advance_seconds":200}""")).Json;
        Assert.Equal("virtual 2026-01-01T00:03:20Z", $"{clock["kind"]} {clock["now"]}");
        Assert.Equal("running", await cloud.StatusOfAsync(id));
    }

    [Fact]
    public async Task Refuses_to_move_a_clock_that_is_not_its_own()
    {
        await using var emulator = Emulator.Build();
        using var client = new HttpClient(emulator.CreateHandler()) { BaseAddress = emulator.Url };
        using var answer = await client.PostAsync("/_emulator/clock", new StringContent("""{"advance_seconds":1}"""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Takes_shows_and_drops_faults()
    {
        await using var cloud = new TestCloud();
        var fault = (await cloud.PostAsync("/_emulator/faults", """{"spec":"500 on GET /regions"}""")).Json;
        Assert.Equal(HttpStatusCode.InternalServerError, (await cloud.GetAsync("regions")).Status);
        Assert.Equal("""[{"id":1,"spec":"500 on GET /regions","matched":1,"struck":1}]""", (await cloud.GetAsync("/_emulator/faults")).Text);
        Assert.Equal("{}", (await cloud.DeleteAsync($"/_emulator/faults/{fault["id"]}")).Text);
        Assert.Equal(HttpStatusCode.OK, (await cloud.GetAsync("regions")).Status);
        Assert.Equal("404 Not found", (await cloud.DeleteAsync("/_emulator/faults/1")).Refusal);
        Assert.StartsWith(
            "400 spec: 'boom' is no effect", (await cloud.PostAsync("/_emulator/faults", """{"spec":"boom"}""")).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_requests_with_nothing_secret()
    {
        await using var cloud = new TestCloud(token: "very-secret-token");
        await cloud.SucceedAsync("POST", "linode/instances", TestCloud.Node("web-1", """
            "authorized_keys":["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIGx6lkSRQK3r0Y1i0k6F0cNfUzPpZbX0C3eXbQf0xyz"],"metadata":{"user_data":"c2VjcmV0"}
            """));
        await cloud.GetAsync("linode/instances", """{"label":"web-1"}""");
        var log = await cloud.GetAsync("/_emulator/requests");
        foreach (var secret in new[] { TestCloud.Password, "very-secret-token", "c2VjcmV0", "AAAAC3Nza" })
        {
            Assert.DoesNotContain(secret, log.Text, StringComparison.Ordinal);
        }

        var (post, get) = (log.Json[0]!, log.Json[1]!);
        Assert.Equal(
            "1 POST /v4/linode/instances 200 web-1 ***",
            $"{post["seq"]} {post["method"]} {post["path"]} {post["status"]} {post["body"]!["label"]} {post["body"]!["root_pass"]}");
        Assert.Equal("""{"label":"web-1"}""", (string)get["x_filter"]!);
    }

    [Fact]
    public async Task Finds_logged_requests_by_method_status_path_and_number()
    {
        await using var cloud = new TestCloud();
        await cloud.GetAsync("regions");
        await cloud.PostAsync("linode/instances");
        await cloud.GetAsync("nonsense");
        Assert.Equal("2", await SeqsAsync("method=POST"));
        Assert.Equal("3", await SeqsAsync("status=404"));
        Assert.Equal("1", await SeqsAsync("path=*/regions"));
        Assert.Equal("2 3", await SeqsAsync("since=1"));

        async Task<string> SeqsAsync(string query) => string.Join(
            ' ', (await cloud.GetAsync("/_emulator/requests?" + query)).Json.AsArray().Select(row => row!["seq"]));
    }

    [Fact]
    public async Task Counts_requests_by_route_and_status()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        await cloud.DeleteAsync($"linode/instances/{id}");
        for (var index = 0; index < 21; index++)
        {
            await cloud.GetAsync("images");
        }

        var counters = (await cloud.GetAsync("/_emulator/counters")).Json;
        Assert.Equal("1 1 1", $"{counters["refused_429"]} {counters["created"]!["linode/instances"]} {counters["deleted"]!["linode/instances"]}");
        Assert.Contains(
            counters["requests"]!.AsArray(),
            row => row!.ToJsonString() == """{"method":"DELETE","route":"linode/instances/{linodeId}","status":200,"count":1}""");
    }

    [Fact]
    public async Task Resets_to_an_empty_cloud_and_the_faults_of_the_start()
    {
        await using var cloud = new TestCloud(
            new EmulatorOptions { Faults = [new LinodeEmulator.Faults.FaultRule(LinodeEmulator.Faults.FaultEffect.LinodeQuota) { Number = 1 }] });
        var id = await cloud.CreateNodeAsync("web-1");
        await cloud.PostAsync("/_emulator/faults", """{"spec":"500"}""");
        await cloud.PostAsync("/_emulator/reset");
        Assert.Empty((await cloud.GetAsync("linode/instances")).Data);
        Assert.Empty((await cloud.GetAsync("account/events")).Data);
        Assert.Equal(id, await cloud.CreateNodeAsync("web-1"));
        Assert.Equal(
            "400 Account Limit reached. Please open a support ticket.", (await cloud.PostAsync("linode/instances", TestCloud.Node("web-2"))).Refusal);
    }

    [Fact]
    public async Task Tells_its_host_when_it_is_asked_to_stop()
    {
        await using var cloud = new TestCloud();
        Assert.False(cloud.Emulator.Stopped.IsCompleted);
        await cloud.PostAsync("/_emulator/stop");
        await cloud.Emulator.Stopped;
    }
}
