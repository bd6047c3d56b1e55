using System.Net;

namespace LinodeEmulator.Tests.Endpoints;

public sealed class ProtocolTests
{
    [Theory]
    [InlineData("regions")]
    [InlineData("regions/us-east/availability")]
    [InlineData("linode/types/g6-nanode-1")]
    [InlineData("linode/kernels/linode%2Fgrub2")]
    [InlineData("images/linode%2Fdebian12")]
    [InlineData("linode/stackscripts")]
    public async Task Answers_without_a_token_where_the_platform_does(string path)
    {
        await using var cloud = new TestCloud(token: "");
        Assert.Equal(HttpStatusCode.OK, (await cloud.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Refuses_everything_else_without_a_token()
    {
        await using var cloud = new TestCloud(token: "");
        var answer = await cloud.GetAsync("linode/instances");
        Assert.Equal("401 Invalid Token", answer.Refusal);
        Assert.Equal("unknown", answer.Header("X-OAuth-Scopes"));
        Assert.Equal("linodes:read_only", answer.Header("X-Accepted-OAuth-Scopes"));
        Assert.Equal("", answer.Header("X-RateLimit-Limit"));
    }

    [Fact]
    public async Task Refuses_a_token_that_was_revoked()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Tokens = [new EmulatorToken("old") { Revoked = true }] }, token: "old");
        Assert.Equal("401 Invalid Token", (await cloud.GetAsync("linode/instances")).Refusal);
        cloud.Token = "new";
        Assert.Equal("*", (await cloud.GetAsync("linode/instances")).Header("X-OAuth-Scopes"));
    }

    [Fact]
    public async Task Refuses_what_the_scopes_do_not_cover()
    {
        await using var cloud = new TestCloud(
            new EmulatorOptions { Tokens = [new EmulatorToken("narrow") { Scopes = "linodes:read_write volumes:read_only" }] }, token: "narrow");
        await cloud.CreateNodeAsync("web-1");
        await cloud.SucceedAsync("GET", "volumes");
        var answer = await cloud.GetAsync("account/events");
        Assert.Equal("401 Your OAuth token is not authorized to use this endpoint.", answer.Refusal);
        Assert.Equal("events:read_only", answer.Header("X-Accepted-OAuth-Scopes"));
        Assert.Equal("linodes:read_write volumes:read_only", answer.Header("X-OAuth-Scopes"));
        Assert.StartsWith("401 ", (await cloud.PostAsync("volumes", """{"label":"data","region":"us-east"}""")).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("401 ", (await cloud.PostAsync("volumes/1/attach")).Refusal, StringComparison.Ordinal);
        await cloud.SucceedAsync("GET", "profile");
    }

    [Fact]
    public async Task Lets_a_user_without_grants_look_but_not_touch()
    {
        await using var cloud = new TestCloud(new EmulatorOptions { Tokens = [new EmulatorToken("guest") { Restricted = true }] }, token: "guest");
        await cloud.SucceedAsync("GET", "linode/instances");
        Assert.Equal("403 Unauthorized", (await cloud.PostAsync("linode/instances", TestCloud.Node("web-1"))).Refusal);
        Assert.True((bool)(await cloud.GetAsync("profile")).Json["restricted"]!);
    }

    [Theory]
    [InlineData("GET", "nonsense", "404 Not found")]
    [InlineData("GET", "linode/instances/77", "404 Not found")]
    [InlineData("GET", "linode/instances/web-1", "404 Not found")]
    [InlineData("DELETE", "linode/instances", "405 Method Not Allowed")]
    [InlineData("GET", "networking/ips/", "405 Method Not Allowed")]
    [InlineData("GET", "linode/instances/", "405 Method Not Allowed")]
    [InlineData("GET", "domains", "501 GET /domains is not emulated")]
    [InlineData("POST", "vpcs", "501 POST /vpcs is not emulated")]
    [InlineData("GET", "nodebalancers/1/stats", "501 GET /nodebalancers/{nodeBalancerId}/stats is not emulated")]
    [InlineData("GET", "/v3/linode.list", "404 Not found")]
    public async Task Tells_what_is_not_there_from_what_is_not_emulated(string method, string path, string refusal)
    {
        await using var cloud = new TestCloud();
        Assert.Equal(refusal, (await cloud.SendAsync(method, path)).Refusal);
    }

    [Fact]
    public async Task Serves_the_stable_endpoints_under_v4beta_too()
    {
        await using var cloud = new TestCloud();
        Assert.Equal("us-east", (string)(await cloud.GetAsync("/v4beta/regions/us-east")).Json["id"]!);
    }

    [Theory]
    [InlineData("{\"label\":", "400 Invalid JSON")]
    [InlineData("{\"label\":\"a-1\",\"label\":\"a-2\"}", "400 Invalid JSON")]
    [InlineData("[]", "400 Must be an object; 400 region: region is required; 400 type: type is required")]
    public async Task Refuses_bodies_that_are_no_objects(string body, string refusal)
    {
        await using var cloud = new TestCloud();
        Assert.Equal(refusal, (await cloud.PostAsync("linode/instances", body)).Refusal);
    }

    [Fact]
    public async Task Writes_times_without_zone_or_fraction()
    {
        await using var cloud = new TestCloud();
        cloud.Pass(0.75);
        var node = (await cloud.SucceedAsync("POST", "linode/instances", TestCloud.Node("web-1"))).Json;
        Assert.Equal("2026-01-01T00:00:00", (string)node["created"]!);
    }

    [Fact]
    public async Task Says_json_without_a_charset()
    {
        await using var cloud = new TestCloud();
        Assert.Equal("application/json", (await cloud.GetAsync("regions")).ContentType);
    }
}
