namespace LinodeEmulator.Tests.Endpoints;

public sealed class IpTests
{
    [Fact]
    public async Task Gives_a_node_one_private_address_at_once()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        var address = (await cloud.SucceedAsync("POST", $"linode/instances/{id}/ips", """{"type":"ipv4","public":false}""")).Json;
        Assert.Equal("255.255.128.0 17 ", $"{address["subnet_mask"]} {address["prefix"]} {address["gateway"]}");
        Assert.Contains("linode_addip notification", await cloud.EventsOfAsync(id));
        Assert.StartsWith(
            "400 ", (await cloud.PostAsync($"linode/instances/{id}/ips", """{"type":"ipv4","public":false}""")).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_second_public_address_in_the_platforms_words()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        Assert.Equal(
            "400 Additional IPv4 addresses require technical justification.  Please contact support describing your requirement",
            (await cloud.PostAsync($"linode/instances/{id}/ips", """{"type":"ipv4","public":true}""")).Refusal);
    }

    [Fact]
    public async Task Shows_a_nodes_addresses_as_one_object()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1", "\"private_ip\":true");
        var ips = (await cloud.GetAsync($"linode/instances/{id}/ips")).Json;
        Assert.Single(ips["ipv4"]!["public"]!.AsArray());
        Assert.Single(ips["ipv4"]!["private"]!.AsArray());
        Assert.StartsWith("fe80::", (string)ips["ipv6"]!["link_local"]!["address"]!, StringComparison.Ordinal);
        Assert.Equal(2, (await cloud.GetAsync("networking/ips", $$"""{"linode_id":{{id}}}""")).Data.Count);
    }

    [Fact]
    public async Task Sets_and_resets_the_reverse_name()
    {
        await using var cloud = new TestCloud();
        var id = await cloud.CreateNodeAsync("web-1");
        var address = (string)(await cloud.GetAsync($"linode/instances/{id}")).Json["ipv4"]![0]!;
        Assert.Equal(
            "web.example.org",
            (string)(await cloud.SucceedAsync("PUT", $"networking/ips/{address}", """{"rdns":"web.example.org"}""")).Json["rdns"]!);
        Assert.Equal("400 rdns: Domain is not valid.", (await cloud.PutAsync($"networking/ips/{address}", """{"rdns":"no name"}""")).Refusal);
        Assert.EndsWith(
            ".ip.linodeusercontent.com",
            (string)(await cloud.SucceedAsync("PUT", $"networking/ips/{address}", """{"rdns":null}""")).Json["rdns"]!,
            StringComparison.Ordinal);
    }
}
