using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>The shop of the README, from nothing to nothing.</summary>
public sealed class ShopTests
{
    [Fact]
    public async Task The_shop_is_made_told_alike_by_every_command_and_taken_down_without_a_trace()
    {
        await using var desk = await Desk.SitDownAsync();
        var plan = Desk.Shipped("ha-wordpress.yaml");

        (await desk.RunAsync("cluster", "create", "ha-wordpress", plan)).Ended(0);

        await AssertIsShopAsync(desk.Cloud);
        await AssertIsToldAlikeAsync(desk);
        await AssertNothingToDoAsync(desk, plan);
        await AssertOtherPlanIsRefusedAsync(desk, plan);
        await AssertStopsAndStartsInOrderAsync(desk);

        (await desk.RunAsync("cluster", "delete", "ha-wordpress", "--yes")).Ended(0);
        Assert.Equal("0 linodes, 0 disks, 0 volumes, 0 nodebalancers, 0 firewalls", await desk.Cloud.ContentAsync());
        (await desk.RunAsync("cluster", "show", "ha-wordpress")).Ended(5);

        (await desk.RunAsync("cluster", "create", "ha-wordpress", plan)).Ended(0);
        Assert.Equal("82 linodes, 164 disks, 10 volumes, 4 nodebalancers, 1 firewalls", await desk.Cloud.ContentAsync());
    }

    /// <summary>Nobody takes the data from under the web servers by accident; in order they all stop and start.</summary>
    private static async Task AssertStopsAndStartsInOrderAsync(Desk desk)
    {
        var writes = (await desk.Cloud.WritesAsync()).Count;
        var refused = (await desk.RunAsync("cluster", "stop", "ha-wordpress", "--only", "mysqlnodes")).Ended(5);
        Assert.Contains("group mysqlnodes is needed by group webservers, which runs", refused.Error, StringComparison.Ordinal);
        (await desk.RunAsync("cluster", "stop", "ha-wordpress", "--only", "ndbdatanodes", "--only", "mysqlnodes")).Ended(5);
        Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);

        (await desk.RunAsync("cluster", "stop", "ha-wordpress")).Ended(0);
        Assert.Equal(
            ["webserver", "mysqlnode", "ndbdatanode", ""],
            (await PowerAsync(desk.Cloud, "shutdown")).Where(tag => tag != "memcached").Aggregate(new List<string>(), Changes));
        Assert.All(await desk.Cloud.ListAsync("linode/instances"), node => Assert.Equal("offline", Text(node, "status")));

        (await desk.RunAsync("cluster", "start", "ha-wordpress")).Ended(0);
        Assert.Equal(
            ["", "ndbdatanode", "mysqlnode", "webserver"],
            (await PowerAsync(desk.Cloud, "boot")).Where(tag => tag != "memcached").Aggregate(new List<string>(), Changes));
        (await desk.RunAsync("cluster", "wait", "ha-wordpress", "--for", "planready", "--timeout", "1s")).Ended(0);
    }

    /// <summary>The tag of the node of each such request, in the order they came.</summary>
    private static async Task<IEnumerable<string>> PowerAsync(Cloud cloud, string what)
    {
        var tags = (await cloud.ListAsync("linode/instances")).ToDictionary(
            node => $"{node["id"]}", node => Tags(node).FirstOrDefault(tag => !tag.StartsWith("lct:", StringComparison.Ordinal)) ?? "");
        return [.. (await cloud.WritesAsync()).Where(request => request.Path.EndsWith($"/{what}", StringComparison.Ordinal))
            .TakeLast(82).Select(request => tags[request.Path.Split('/')[^2]])];
    }

    private static List<string> Changes(List<string> seen, string tag) => seen.Count > 0 && seen[^1] == tag ? seen : [.. seen, tag];

    private static async Task AssertIsShopAsync(Cloud cloud)
    {
        var nodes = await cloud.ListAsync("linode/instances");
        Assert.Equal((41, 41), (nodes.Count(node => Text(node, "region") == "us-east"), nodes.Count(node => Text(node, "region") == "eu-central")));
        Assert.Equal(82, nodes.DistinctBy(node => Text(node, "label")).Count());
        var owner = Assert.Single(nodes.Select(node => Tags(node).Single(tag => tag.StartsWith("lct:", StringComparison.Ordinal))).Distinct());
        Assert.Equal(
            "memcached 20, mysqlnode 8, ndbdatanode 10, webserver 40",
            string.Join(", ", nodes.SelectMany(Tags).Where(tag => tag != owner).CountBy(tag => tag).OrderBy(tag => tag.Key).Select(tag => $"{tag.Key} {tag.Value}")));
        await AssertBalancersAsync(cloud, nodes, owner);
        await AssertVolumesAsync(cloud, nodes, owner);

        var firewall = Assert.Single(await cloud.ListAsync("networking/firewalls"));
        Assert.Equal("DROP", (string?)firewall["rules"]!["inbound_policy"]);
        var guarded = await cloud.ListAsync($"networking/firewalls/{firewall["id"]}/devices");
        Assert.Equal(
            nodes.Select(node => (long)node["id"]!).Order(),
            guarded.Where(device => Text(device["entity"]!, "type") == "linode").Select(device => (long)device["entity"]!["id"]!).Order());
    }

    /// <summary>Each balancer sends to exactly the private addresses of its group in its region.</summary>
    private static async Task AssertBalancersAsync(Cloud cloud, List<JsonNode> nodes, string owner)
    {
        var seen = new List<string>();
        foreach (var balancer in await cloud.ListAsync("nodebalancers"))
        {
            Assert.Contains(owner, Tags(balancer));
            var config = Assert.Single(await cloud.ListAsync($"nodebalancers/{balancer["id"]}/configs"));
            var (port, protocol) = ((int)config["port"]!, Text(config, "protocol"));
            var backends = await cloud.ListAsync($"nodebalancers/{balancer["id"]}/configs/{config["id"]}/nodes");
            var expected = nodes
                .Where(node => Text(node, "region") == Text(balancer, "region") && Tags(node).Contains(port == 80 ? "webserver" : "mysqlnode"))
                .Select(node => $"{node["ipv4"]!.AsArray().Select(address => (string)address!).Single(address => address.StartsWith("192.168."))}:{port}");
            Assert.Equal(expected.Order(), backends.Select(backend => Text(backend, "address")).Order());
            seen.Add($"{balancer["region"]} {protocol} {port} {backends.Count}");
        }

        Assert.Equal(
            ["eu-central http 80 20", "eu-central tcp 3306 4", "us-east http 80 20", "us-east tcp 3306 4"], seen.Order(StringComparer.Ordinal));
    }

    private static async Task AssertVolumesAsync(Cloud cloud, List<JsonNode> nodes, string owner)
    {
        var volumes = await cloud.ListAsync("volumes");
        Assert.All(volumes, volume => Assert.Equal((500, "active", true), ((int)volume["size"]!, Text(volume, "status"), Tags(volume).Contains(owner))));
        Assert.Equal(
            nodes.Where(node => Tags(node).Contains("ndbdatanode")).Select(node => (long)node["id"]!).Order(),
            volumes.Select(volume => (long)volume["linode_id"]!).Order());
    }

    private static async Task AssertIsToldAlikeAsync(Desk desk)
    {
        var listed = Assert.Single((await desk.RunAsync("cluster", "list", "-o", "json")).Ended(0).Json.AsArray())!;
        var shown = (await desk.RunAsync("cluster", "show", "ha-wordpress", "-o", "json")).Ended(0).Json;
        var real = (await desk.Cloud.ListAsync("linode/instances")).ToDictionary(node => (long)node["id"]!, node => Text(node, "label"));

        Assert.Equal(("ha-wordpress", "started"), (Text(listed, "name"), Text(listed, "state")));
        Assert.Equal(real, shown["nodes"]!.AsArray().ToDictionary(node => (long)node!["id"]!, node => Text(node!, "label")));
        var text = (await desk.RunAsync("cluster", "show", "ha-wordpress")).Ended(0).Out;
        Assert.Contains("82 of 82", text);
        Assert.All(real.Values, label => Assert.Contains(label, text));
        Assert.Contains("82/82", (await desk.RunAsync("cluster", "list")).Ended(0).Out);

        var web = (await desk.RunAsync("node", "list", "--tag", "webserver", "-o", "json")).Ended(0).Json.AsArray();
        Assert.Equal(40, web.Count);
        Assert.All(web, node =>
        {
            string[] promised =
            [
                "id", "label", "cluster", "region", "group", "ordinal", "tags", "type", "image", "hostname", "public_ipv4", "private_ipv4", "ipv6", "power", "state",
            ];
            Assert.All(promised, member => Assert.True(node!.AsObject().ContainsKey(member), $"a node says nothing of {member}"));
            Assert.Equal(real[(long)node!["id"]!], Text(node, "label"));
        });
    }

    private static async Task AssertNothingToDoAsync(Desk desk, string plan)
    {
        var before = (await desk.Cloud.WritesAsync()).Count;

        var again = (await desk.RunAsync("cluster", "create", "ha-wordpress", plan)).Ended(0);

        Assert.Contains("nothing to do", again.Error);
        Assert.Equal(before, (await desk.Cloud.WritesAsync()).Count);
    }

    private static async Task AssertOtherPlanIsRefusedAsync(Desk desk, string plan)
    {
        var before = (await desk.Cloud.WritesAsync()).Count;
        var other = desk.Write("other.yaml", (await File.ReadAllTextAsync(plan)).Replace("count: 20", "count: 21", StringComparison.Ordinal));

        var refused = (await desk.RunAsync("cluster", "create", "ha-wordpress", other)).Ended(5);

        Assert.Contains("linodetool cluster apply ha-wordpress", refused.Error);
        Assert.Empty(refused.Out);
        Assert.Equal(before, (await desk.Cloud.WritesAsync()).Count);
    }

    private static string Text(JsonNode row, string member) => (string)row[member]!;

    private static IEnumerable<string> Tags(JsonNode row) => row["tags"]!.AsArray().Select(tag => (string)tag!);
}
