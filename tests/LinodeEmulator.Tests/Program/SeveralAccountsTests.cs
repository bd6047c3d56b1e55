using System.Net;
using LinodeEmulator.Limits;

namespace LinodeEmulator.Tests.Program;

public sealed class SeveralAccountsTests
{
    private static readonly EmulatorOptions Two = new() { Accounts = [new("acme", "acme-token"), new("globex", "globex-token")] };

    [Fact]
    public async Task The_token_says_whose_cloud_it_is_and_nothing_of_another_is_seen()
    {
        await using var cloud = new TestCloud(Two, "acme-token");
        var id = await cloud.CreateNodeAsync("web-1", "\"tags\":[\"ours\"]");
        await cloud.SucceedAsync(
            "POST", "linode/stackscripts", """{"label":"setup","script":"#!/bin/sh\n","images":["linode/debian12"],"is_public":true}""");

        cloud.Token = "globex-token";
        foreach (var list in new[] { "linode/instances", "tags", "account/events", "networking/firewalls", "networking/ips" })
        {
            Assert.Empty((await cloud.GetAsync(list)).Data);
        }

        Assert.DoesNotContain("\"setup\"", (await cloud.GetAsync("linode/stackscripts")).Text, StringComparison.Ordinal);
        Assert.Equal("404 Not found", (await cloud.GetAsync($"linode/instances/{id}")).Refusal);
        Assert.Equal("404 Not found", (await cloud.DeleteAsync($"linode/instances/{id}")).Refusal);
        var other = await cloud.SucceedAsync("POST", "linode/instances", TestCloud.Node("web-1"));
        Assert.NotEqual(id, other.Id);
        cloud.Token = "acme-token";
        Assert.Equal(id, Assert.Single((await cloud.GetAsync("linode/instances")).Data)["id"]!.GetValue<long>());
        var own = (await cloud.GetAsync("linode/instances")).Data[0]["ipv4"]![0]!;
        Assert.NotEqual((string)other.Json["ipv4"]![0]!, (string)own!);
    }

    [Fact]
    public async Task Each_account_says_who_it_is()
    {
        await using var cloud = new TestCloud(Two, "acme-token");
        var acme = (await cloud.GetAsync("account")).Json;
        cloud.Token = "globex-token";
        var globex = (await cloud.GetAsync("account")).Json;
        Assert.Equal("acme globex", $"{acme["first_name"]} {globex["first_name"]}");
        Assert.NotEqual((string)acme["euuid"]!, (string)globex["euuid"]!);
    }

    [Fact]
    public async Task A_token_that_nobody_has_is_refused_and_what_is_public_is_not()
    {
        await using var cloud = new TestCloud(Two, "a-token");
        Assert.Equal("401 Invalid Token", (await cloud.GetAsync("linode/instances")).Refusal);
        cloud.Token = "";
        Assert.Equal(HttpStatusCode.OK, (await cloud.GetAsync("regions")).Status);
        var log = (await cloud.GetAsync("/_emulator/requests")).Json.AsArray();
        Assert.All(log, row => Assert.Null(row!["account"]));
        Assert.Equal(["401", "200"], log.Select(row => $"{row!["status"]}"));
    }

    [Fact]
    public async Task Each_account_has_limits_of_its_own_which_are_known_by_token()
    {
        await using var cloud = new TestCloud(Two with { Limits = RateLimits.Documented }, "acme-token");
        for (var index = 0; index < 21; index++)
        {
            await cloud.PostAsync("linode/instances", TestCloud.Node($"web-{index}"));
        }

        cloud.Token = "globex-token";
        await cloud.CreateNodeAsync("web-1");
        var counters = (await cloud.GetAsync("/_emulator/counters")).Json;
        Assert.Equal("1 21", $"{counters["refused_429"]} {counters["created"]!["linode/instances"]}");
        Assert.Equal("1 0", string.Join(' ', new[] { "acme", "globex" }.Select(name => $"{counters["accounts"]![name]!["refused_429"]}")));
        Assert.Equal("0", $"{(await cloud.GetAsync("/_emulator/counters?account=globex")).Json["refused_429"]}");
    }

    [Fact]
    public async Task A_token_may_be_narrow_and_belongs_to_its_account()
    {
        var reader = new EmulatorToken("reader") { Scopes = "linodes:read_only", Account = "globex" };
        await using var cloud = new TestCloud(Two with { Tokens = [reader] }, "globex-token");
        await cloud.CreateNodeAsync("web-1");
        cloud.Token = "reader";
        Assert.Single((await cloud.GetAsync("linode/instances")).Data);
        Assert.Equal(HttpStatusCode.Unauthorized, (await cloud.PostAsync("linode/instances", TestCloud.Node("web-2"))).Status);
    }

    [Fact]
    public async Task Tokens_that_the_login_gives_are_those_of_the_account_that_let_the_application_in()
    {
        await using var cloud = new TestCloud(Two with { OauthClients = [new("app", "s", "r") { Account = "globex" }] }, "globex-token");
        await cloud.CreateNodeAsync("web-1");
        var answer = await cloud.PostAsync("/oauth/token", "grant_type=refresh_token&client_id=app&client_secret=s&refresh_token=r");
        cloud.Token = (string)answer.Json["access_token"]!;
        Assert.Single((await cloud.GetAsync("linode/instances")).Data);
        Assert.Equal(HttpStatusCode.Unauthorized, (await cloud.PostAsync("/oauth/token", "grant_type=refresh_token&client_id=else")).Status);
    }

    [Fact]
    public async Task The_control_plane_tells_of_each_account_and_can_be_asked_for_one()
    {
        await using var cloud = new TestCloud(Two, "acme-token");
        await cloud.CreateNodeAsync("web-1");
        cloud.Token = "globex-token";
        await cloud.CreateNodeAsync("web-1");
        await cloud.CreateNodeAsync("web-2");

        var status = (await cloud.GetAsync("/_emulator/status")).Json;
        var each = status["accounts"]!;
        Assert.Equal("3 1 2", $"{status["counts"]!["linodes"]} {each["acme"]!["linodes"]} {each["globex"]!["linodes"]}");
        Assert.Equal("2", $"{(await cloud.GetAsync("/_emulator/status?account=globex")).Json["counts"]!["linodes"]}");
        Assert.Equal(
            "1 acme, 2 globex, 3 globex",
            string.Join(", ", (await cloud.GetAsync("/_emulator/requests")).Json.AsArray().Select(row => $"{row!["seq"]} {row["account"]}")));
        Assert.Equal(2, (await cloud.GetAsync("/_emulator/requests?account=globex")).Json.AsArray().Count);
        Assert.Equal("404 Not found", (await cloud.GetAsync("/_emulator/status?account=initech")).Refusal);

        await cloud.PostAsync("/_emulator/reset?account=globex");
        Assert.Empty((await cloud.GetAsync("linode/instances")).Data);
        Assert.Equal("1", $"{(await cloud.GetAsync("/_emulator/status")).Json["counts"]!["linodes"]}");
    }

    [Fact]
    public async Task What_goes_wrong_can_go_wrong_in_one_account_alone()
    {
        await using var cloud = new TestCloud(Two, "acme-token");
        await cloud.PostAsync("/_emulator/faults?account=acme", """{"spec":"500 on GET /regions"}""");
        Assert.Equal(HttpStatusCode.InternalServerError, (await cloud.GetAsync("regions")).Status);
        cloud.Token = "globex-token";
        Assert.Equal(HttpStatusCode.OK, (await cloud.GetAsync("regions")).Status);
        Assert.Equal(
            """[{"account":"acme","id":1,"spec":"500 on GET /regions","matched":1,"struck":1}]""", (await cloud.GetAsync("/_emulator/faults")).Text);
        Assert.Contains("?account=NAME", (await cloud.DeleteAsync("/_emulator/faults/1")).Refusal, StringComparison.Ordinal);
        await cloud.DeleteAsync("/_emulator/faults/1?account=acme");
        await cloud.PostAsync("/_emulator/faults", """{"spec":"500 on GET /regions"}""");
        Assert.Equal(HttpStatusCode.InternalServerError, (await cloud.GetAsync("regions")).Status);
        await cloud.DeleteAsync("/_emulator/faults");
        Assert.Equal(HttpStatusCode.OK, (await cloud.GetAsync("regions")).Status);
    }

    [Fact]
    public async Task All_live_by_one_clock()
    {
        await using var cloud = new TestCloud(Two, "acme-token");
        var acme = await cloud.CreateNodeAsync("web-1");
        cloud.Token = "globex-token";
        var globex = await cloud.CreateNodeAsync("web-1");
        await cloud.PostAsync("/_emulator/clock?account=acme", """{"advance_seconds":200}""");
        Assert.Equal("running", await cloud.StatusOfAsync(globex));
        cloud.Token = "acme-token";
        Assert.Equal("running", await cloud.StatusOfAsync(acme));
        await cloud.PostAsync("/_emulator/stop");
        await cloud.Emulator.Stopped;
    }

    [Fact]
    public async Task Each_comes_back_from_a_folder_of_its_own()
    {
        var directory = Directory.CreateTempSubdirectory("emulator-accounts-").FullName;
        await using (var cloud = new TestCloud(Two with { StateDirectory = directory }, "acme-token"))
        {
            await cloud.CreateNodeAsync("of-acme");
            cloud.Token = "globex-token";
            await cloud.CreateNodeAsync("of-globex");
        }

        Assert.Equal(["acme", "globex"], Directory.GetDirectories(directory).Select(Path.GetFileName).Order());
        await using (var again = new TestCloud(Two with { StateDirectory = directory }, "globex-token"))
        {
            Assert.Equal("of-globex", (string)Assert.Single((await again.GetAsync("linode/instances")).Data)["label"]!);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData("--account a/b", "an account's name is letters")]
    [InlineData("--account ..", "an account's name is letters")]
    [InlineData("--account a=x --account A=y", "two accounts are called 'a'")]
    [InlineData("--account a=x --account b=x", "the same token is given to two accounts")]
    [InlineData("--account a=", "an account needs a token")]
    [InlineData("--token x=revoked --account a", "belongs to one of them")]
    [InlineData("--account a --hosts machines", "real machines serve one account alone")]
    public async Task Refuses_accounts_that_cannot_be(string arguments, string message)
    {
        using var process = RunningProgram.Launch(arguments.Split(' '));
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_serves_them_by_their_tokens_and_names_them_when_it_is_ready()
    {
        await using var program = await RunningProgram.StartAsync(
            "--hosts", "auto", "--account", "first", "--token", "narrow=linodes:read_only", "--account", "second=a-token");
        Assert.Equal("""["first","second"]""", program.Ready["accounts"]!.ToJsonString());
        Assert.Contains("real systems serve one account alone", (string)program.Ready["note"]!, StringComparison.Ordinal);
        using var answer = await program.Client.PostAsync("/v4/linode/instances", new StringContent(TestCloud.Node("web-1")));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        foreach (var (token, nodes) in new[] { ("first", 0), ("narrow", 0), ("a-token", 1) })
        {
            program.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            var page = System.Text.Json.Nodes.JsonNode.Parse(await program.Client.GetStringAsync(new Uri("/v4/linode/instances", UriKind.Relative)))!;
            Assert.Equal(nodes, (int)page["results"]!);
        }
    }
}
