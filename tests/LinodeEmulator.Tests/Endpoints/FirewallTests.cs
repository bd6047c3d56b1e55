namespace LinodeEmulator.Tests.Endpoints;

public sealed class FirewallTests
{
    private const string Policies = "\"inbound_policy\":\"DROP\",\"outbound_policy\":\"ACCEPT\"";
    private const string Shut = "{" + Policies + "}";

    [Fact]
    public async Task Numbers_each_version_of_its_rules()
    {
        await using var cloud = new TestCloud();
        var firewall = (await cloud.SucceedAsync("POST", "networking/firewalls", $$$"""{"label":"shut","rules":{{{Shut}}}}""")).Json;
        Assert.Equal("enabled 1", $"{firewall["status"]} {firewall["rules"]!["version"]}");
        var rule =
            """{"action":"ACCEPT","protocol":"TCP","ports":"22, 80-443","addresses":{"ipv4":["0.0.0.0/0"],"ipv6":["::/0"]},"label":"ssh and web"}""";
        var rules = (await cloud.SucceedAsync(
            "PUT", $"networking/firewalls/{firewall["id"]}/rules", $$"""{{{Policies}},"inbound":[{{rule}}],"outbound":null}""")).Json;
        Assert.Equal(2, (int)rules["version"]!);
        Assert.Null(rules["outbound"]);
        Assert.Equal("22, 80-443", (string)rules["inbound"]![0]!["ports"]!);
        Assert.Matches("^[0-9a-f]{8}$", (string)rules["fingerprint"]!);
        Assert.NotEqual((string)firewall["rules"]!["fingerprint"]!, (string)rules["fingerprint"]!);
    }

    [Theory]
    [InlineData("""{"label":"shut"}""", "400 rules: rules is required")]
    [InlineData("""{"label":"shut","rules":{"inbound_policy":"DROP"}}""", "400 rules.outbound_policy: outbound_policy is required")]
    [InlineData(
        """{"label":"taken","rules":{"inbound_policy":"DROP","outbound_policy":"DROP"}}""", "400 label: Label must be unique among your firewalls")]
    [InlineData(
        """{"label":"shut","rules":{"inbound_policy":"DROP","outbound_policy":"DROP"},"devices":{"linodes":[5]}}""",
        "400 devices.linodes: Linode 5 does not exist")]
    public async Task Refuses_firewalls_that_cannot_be(string body, string refusal)
    {
        await using var cloud = new TestCloud();
        await cloud.SucceedAsync("POST", "networking/firewalls", $$$"""{"label":"taken","rules":{{{Shut}}}}""");
        Assert.Equal(refusal, (await cloud.PostAsync("networking/firewalls", body)).Refusal);
    }

    [Theory]
    [InlineData("""{"action":"ACCEPT"}""", "inbound[0].protocol: protocol is required")]
    [InlineData("""{"action":"ALLOW","protocol":"TCP"}""", "inbound[0].action: Must be one of ACCEPT, DROP")]
    [InlineData("""{"action":"ACCEPT","protocol":"ICMP","ports":"1"}""", "inbound[0].ports: Ports are not allowed for ICMP")]
    [InlineData(
        """{"action":"ACCEPT","protocol":"TCP","ports":"022"}""",
        "inbound[0].ports: Must be ports from 1 to 65535 and ranges of them, at most 15 pieces")]
    [InlineData(
        """{"action":"ACCEPT","protocol":"TCP","ports":"90-80"}""",
        "inbound[0].ports: Must be ports from 1 to 65535 and ranges of them, at most 15 pieces")]
    [InlineData(
        """{"action":"ACCEPT","protocol":"TCP","ports":"1,2,3,4,5,6,7,8,9,10,11,12,13,14-15,16"}""",
        "inbound[0].ports: Must be ports from 1 to 65535 and ranges of them, at most 15 pieces")]
    [InlineData(
        """{"action":"ACCEPT","protocol":"TCP","addresses":{"ipv4":["10.0.0.0/33"]}}""",
        "inbound[0].addresses.ipv4: 10.0.0.0/33 is not an address or network")]
    [InlineData("""{"action":"ACCEPT","protocol":"TCP","label":"ab"}""", "inbound[0].label: Length must be 3-32 characters")]
    public async Task Refuses_rules_that_cannot_be(string rule, string refusal)
    {
        await using var cloud = new TestCloud();
        var id = (await cloud.SucceedAsync("POST", "networking/firewalls", $$$"""{"label":"shut","rules":{{{Shut}}}}""")).Id;
        Assert.Equal(
            "400 " + refusal, (await cloud.PutAsync($"networking/firewalls/{id}/rules", $$"""{{{Policies}},"inbound":[{{rule}}]}""")).Refusal);
    }

    [Fact]
    public async Task Has_at_most_25_rules_both_ways_together()
    {
        await using var cloud = new TestCloud();
        var id = (await cloud.SucceedAsync("POST", "networking/firewalls", $$$"""{"label":"shut","rules":{{{Shut}}}}""")).Id;
        var rules = string.Join(',', Enumerable.Repeat("""{"action":"ACCEPT","protocol":"TCP"}""", 13));
        Assert.Equal(
            "400 A firewall can have at most 25 rules",
            (await cloud.PutAsync($"networking/firewalls/{id}/rules", $$"""{{{Policies}},"inbound":[{{rules}}],"outbound":[{{rules}}]}""")).Refusal);
    }

    [Fact]
    public async Task Stands_alone_before_a_service()
    {
        await using var cloud = new TestCloud();
        var node = await cloud.CreateNodeAsync("web-1");
        var balancer = (await cloud.SucceedAsync("POST", "nodebalancers", """{"region":"us-east","label":"front"}""")).Id;
        var first = (await cloud.SucceedAsync(
            "POST",
            "networking/firewalls",
            $$$"""{"label":"one","rules":{{{Shut}}},"devices":{"linodes":[{{{node}}}],"nodebalancers":[{{{balancer}}}]}}""")).Json;
        Assert.Equal(2, first["entities"]!.AsArray().Count);
        var second = (await cloud.SucceedAsync("POST", "networking/firewalls", $$$"""{"label":"two","rules":{{{Shut}}}}""")).Id;
        Assert.Equal(
            $"400 id: Linode {node} has a firewall already",
            (await cloud.PostAsync($"networking/firewalls/{second}/devices", $$"""{"id":{{node}},"type":"linode"}""")).Refusal);
        Assert.Equal(
            $"400 devices.nodebalancers: Too many active firewalls attached to NodeBalancer front (ID {balancer})",
            (await cloud.PostAsync($"networking/firewalls/{second}/devices", $$"""{"id":{{balancer}},"type":"nodebalancer"}""")).Refusal);
        await cloud.SucceedAsync("DELETE", $"networking/firewalls/{first["id"]}");
        await cloud.SucceedAsync("POST", $"networking/firewalls/{second}/devices", $$"""{"id":{{node}},"type":"linode"}""");
    }

    [Fact]
    public async Task Loses_the_device_of_a_node_that_is_deleted()
    {
        await using var cloud = new TestCloud();
        var node = await cloud.CreateNodeAsync("web-1");
        var id = (await cloud.SucceedAsync(
            "POST", "networking/firewalls", $$$"""{"label":"one","rules":{{{Shut}}},"devices":{"linodes":[{{{node}}}]}}""")).Id;
        await cloud.SucceedAsync("DELETE", $"linode/instances/{node}");
        cloud.Pass(60);
        Assert.Empty((await cloud.GetAsync($"networking/firewalls/{id}/devices")).Data);
    }
}
