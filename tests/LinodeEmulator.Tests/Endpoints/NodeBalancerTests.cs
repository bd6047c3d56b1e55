using System.Text.Json.Nodes;

namespace LinodeEmulator.Tests.Endpoints;

public sealed class NodeBalancerTests
{
    private static readonly string[] Shown =
        ["port", "protocol", "algorithm", "stickiness", "check", "check_interval", "check_timeout", "check_attempts"];

    [Fact]
    public async Task Is_ready_with_configurations_and_back_ends_in_one_request()
    {
        await using var cloud = new TestCloud();
        var address = await PrivateAddressAsync(cloud, "web-1");
        var body =
            $$$"""
            {"region":"us-east","label":"front","tags":["web"],
             "configs":[{"port":80,"check":"connection","nodes":[{"label":"web-1","address":"{{{address}}}:8080"}]}]}
            """;
        var balancer = (await cloud.SucceedAsync("POST", "nodebalancers", body)).Json;
        Assert.StartsWith("198.18.", (string)balancer["ipv4"]!, StringComparison.Ordinal);
        var config = Assert.Single((await cloud.GetAsync($"nodebalancers/{balancer["id"]}/configs")).Data);
        Assert.Equal(
            "80 http roundrobin none connection 31 30 3",
            string.Join(
                ' ',
                Shown.Select(name => config[name])));
        var node = Assert.Single((await cloud.GetAsync($"nodebalancers/{balancer["id"]}/configs/{config["id"]}/nodes")).Data);
        Assert.Equal($"{address}:8080 100 accept Unknown", $"{node["address"]} {node["weight"]} {node["mode"]} {node["status"]}");
    }

    [Theory]
    [InlineData("8.8.8.8:80")]
    [InlineData("192.168.200.1:80")]
    [InlineData("no address")]
    [InlineData("PRIVATE")]
    [InlineData("PRIVATE:0")]
    [InlineData("OTHER:80")]
    public async Task Takes_only_private_addresses_of_its_own_region_as_back_ends(string address)
    {
        await using var cloud = new TestCloud();
        var text = address
            .Replace("PRIVATE", await PrivateAddressAsync(cloud, "web-1"), StringComparison.Ordinal)
            .Replace("OTHER", await PrivateAddressAsync(cloud, "web-2", "\"region\":\"eu-west\""), StringComparison.Ordinal);
        var body = $$"""{"region":"us-east","configs":[{"nodes":[{"label":"web-1","address":"{{text}}"}]}]}""";
        Assert.StartsWith("400 configs[0].nodes[0].address: ", (await cloud.PostAsync("nodebalancers", body)).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"region":"us-east","configs":[{"port":80}]}""", "400 configs[0].nodes: A configuration needs at least one node")]
    [InlineData("""{"region":"us-east","label":"taken"}""", "400 label: Label must be unique among your NodeBalancers")]
    [InlineData("""{"label":"front"}""", "400 region: region is required")]
    [InlineData("""{"region":"nz-akl-1"}""", "400 region: NodeBalancers are not available in this region")]
    [InlineData("""{"region":"us-east","client_conn_throttle":21}""", "400 client_conn_throttle: Must be 0-20")]
    public async Task Refuses_balancers_that_cannot_be(string body, string refusal)
    {
        await using var cloud = new TestCloud();
        await cloud.SucceedAsync("POST", "nodebalancers", """{"region":"us-east","label":"taken"}""");
        Assert.Equal(refusal, (await cloud.PostAsync("nodebalancers", body)).Refusal);
    }

    [Theory]
    [InlineData("""{"port":80}""", "400 port: Port must be unique")]
    [InlineData("""{"port":443,"protocol":"https"}""", "400 ssl_cert: https needs ssl_cert and ssl_key")]
    [InlineData("""{"port":81,"check_interval":10,"check_timeout":10}""", "400 check_timeout: Must be less than check_interval")]
    [InlineData("""{"port":81,"check":"http"}""", "400 check_path: check_path is required for check http")]
    [InlineData("""{"port":81,"proxy_protocol":"v2"}""", "400 proxy_protocol: proxy_protocol is for tcp only")]
    [InlineData("""{"port":70000}""", "400 port: Must be 1-65535")]
    public async Task Refuses_configurations_that_cannot_be(string body, string refusal)
    {
        await using var cloud = new TestCloud();
        var id = (await cloud.SucceedAsync("POST", "nodebalancers", """{"region":"us-east"}""")).Id;
        await cloud.SucceedAsync("POST", $"nodebalancers/{id}/configs", "{}");
        Assert.Equal(refusal, (await cloud.PostAsync($"nodebalancers/{id}/configs", body)).Refusal);
    }

    [Fact]
    public async Task Never_shows_keys_and_certificates()
    {
        await using var cloud = new TestCloud();
        var id = (await cloud.SucceedAsync("POST", "nodebalancers", """{"region":"us-east"}""")).Id;
        var config = await cloud.SucceedAsync(
            "POST", $"nodebalancers/{id}/configs", """{"port":443,"protocol":"https","ssl_cert":"PEM-CERT","ssl_key":"PEM-KEY"}""");
        Assert.Equal("<REDACTED>", (string)config.Json["ssl_key"]!);
        Assert.DoesNotContain("PEM", config.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_new_ids_on_rebuild_to_back_ends_sent_without()
    {
        await using var cloud = new TestCloud();
        var (one, two) = (await PrivateAddressAsync(cloud, "web-1"), await PrivateAddressAsync(cloud, "web-2"));
        var id = (await cloud.SucceedAsync("POST", "nodebalancers", """{"region":"us-east"}""")).Id;
        var body = $$$"""{"port":80,"nodes":[{"label":"web-1","address":"{{{one}}}:80"},{"label":"web-2","address":"{{{two}}}:80"}]}""";
        var config = (await cloud.SucceedAsync("POST", $"nodebalancers/{id}/configs", body)).Id;
        var before = await NodesAsync(cloud, id, config);
        await cloud.SucceedAsync(
            "POST",
            $"nodebalancers/{id}/configs/{config}/rebuild",
            $$$"""
            {"port":80,"nodes":[
              {"id":{{{before[0]["id"]}}},"label":"web-1","address":"{{{one}}}:80"},
              {"label":"again","address":"{{{two}}}:80"}]}
            """);
        var after = await NodesAsync(cloud, id, config);
        Assert.Equal((long)before[0]["id"]!, (long)after[0]["id"]!);
        Assert.NotEqual((long)before[1]["id"]!, (long)after[1]["id"]!);
        Assert.Equal("404 Not found", (await cloud.GetAsync($"nodebalancers/{id}/configs/{config}/nodes/{before[1]["id"]}")).Refusal);
    }

    [Fact]
    public async Task Changes_back_ends_one_by_one()
    {
        await using var cloud = new TestCloud();
        var address = await PrivateAddressAsync(cloud, "web-1");
        var id = (await cloud.SucceedAsync("POST", "nodebalancers", """{"region":"us-east"}""")).Id;
        var nodes = $"nodebalancers/{id}/configs/{(await cloud.SucceedAsync("POST", $"nodebalancers/{id}/configs", "{}")).Id}/nodes";
        var node = (await cloud.SucceedAsync("POST", nodes, $$"""{"label":"web-1","address":"{{address}}:80"}""")).Id;
        var drained = (await cloud.SucceedAsync("PUT", $"{nodes}/{node}", """{"mode":"drain"}""")).Json;
        Assert.Equal($"drain {address}:80", $"{drained["mode"]} {drained["address"]}");
        await cloud.SucceedAsync("DELETE", $"{nodes}/{node}");
        Assert.Empty((await cloud.GetAsync(nodes)).Data);
    }

    [Fact]
    public async Task Is_found_by_the_Linode_behind_it_and_leaves_nothing_when_deleted()
    {
        await using var cloud = new TestCloud();
        var address = await PrivateAddressAsync(cloud, "web-1");
        var linode = (long)(await cloud.GetAsync("linode/instances")).Data[0]["id"]!;
        var body = $$$"""{"region":"us-east","configs":[{"nodes":[{"label":"web-1","address":"{{{address}}}:80"}]}]}""";
        var id = (await cloud.SucceedAsync("POST", "nodebalancers", body)).Id;
        Assert.Equal(id, (long)Assert.Single((await cloud.GetAsync($"linode/instances/{linode}/nodebalancers")).Data)["id"]!);
        await cloud.SucceedAsync("DELETE", $"nodebalancers/{id}");
        Assert.Empty((await cloud.GetAsync($"linode/instances/{linode}/nodebalancers")).Data);
        Assert.Equal("404 Not found", (await cloud.GetAsync($"nodebalancers/{id}/configs")).Refusal);
    }

    private static async Task<IReadOnlyList<JsonNode>> NodesAsync(TestCloud cloud, long id, long config) =>
        (await cloud.GetAsync($"nodebalancers/{id}/configs/{config}/nodes")).Data;

    private static async Task<string> PrivateAddressAsync(TestCloud cloud, string label, string more = "\"tags\":[]") =>
        (string)(await cloud.SucceedAsync("POST", "linode/instances", TestCloud.Node(label, "\"private_ip\":true," + more))).Json["ipv4"]![1]!;
}
