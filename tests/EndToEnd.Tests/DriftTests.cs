using System.Globalization;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>What is changed by hand beside the tool: found completely, none too many, and at a cost that follows pages.</summary>
public sealed class DriftTests
{
    public const string Shop = """
        version: 1
        services:
          http: { ports: [80/tcp, 443/tcp], from: anywhere }
          mysql: { ports: [3306/tcp], from: [webserver] }
        regionplans:
        - name: shop
          nodes:
          - { name: web, type: g6-standard-1, image: debian 12, count: 6, tags: [webserver], provides: [http], uses: [mysql], depends-on: [db] }
          - { name: cold, type: g6-nanode-1, image: debian 12, init: { boot-on-create: no } }
          - { name: quiet, type: g6-nanode-1, image: debian 12, count: 2, watchdog: off }
          - name: db
            type: g6-standard-1
            image: debian 12
            count: 3
            provides: [mysql]
            storage:
            - { label: boot, size: 80%, fs: ext4, boot: yes }
            - { label: swap, size: 20%, fs: swap }
            - { label: data, size: 20GB, type: blockstore }
          nodebalancers:
          - { name: front, tag: webserver, port: 80, protocol: http, check: { path: /health } }
        regions:
        - { region: us-east, regionplan: shop }
        """;

    [Fact]
    public async Task Ten_changes_made_by_hand_are_found_each_and_gone_one_by_one_as_they_are_undone()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await ShopAsync(desk);
        Assert.Empty(await DriftAsync(desk));
        var (balancer, port, back) = await cloud.BackendAsync("shop-us-east-web-5");
        var rules = (await desk.Cloud.SendAsync("GET", $"/v4/networking/firewalls/{cloud.Firewall}/rules")).DeepClone().AsObject();
        var wider = rules.DeepClone().AsObject();
        wider["inbound"]!.AsArray().Add(JsonNode.Parse(
            """{"action":"ACCEPT","protocol":"TCP","ports":"9999","label":"hole","addresses":{"ipv4":["0.0.0.0/0"]}}"""));
        var web = Enumerable.Range(0, 7).Select(number => number == 0 ? 0 : cloud.Node($"web-{number}")).ToArray();
        var volume = cloud.Volume("db-1-data");

        await cloud.DoAsync("DELETE", $"linode/instances/{web[1]}");
        await cloud.DoAsync("POST", $"linode/instances/{web[2]}/shutdown");
        await cloud.DoAsync("PUT", $"linode/instances/{web[3]}", """{"tags":["webserver"]}""");
        await cloud.DoAsync("PUT", $"linode/instances/{web[4]}", """{"label":"renamed"}""");
        await cloud.DoAsync("PUT", $"linode/instances/{web[5]}", """{"watchdog_enabled":false}""");
        await cloud.DoAsync("DELETE", $"networking/firewalls/{cloud.Firewall}/devices/{await cloud.DeviceAsync(web[6])}");
        await cloud.DoAsync("POST", "linode/instances", $$"""{"region":"us-east","type":"g6-nanode-1","label":"stray","tags":["{{cloud.Owner}}"]}""");
        await cloud.DoAsync("POST", $"volumes/{volume}/detach");
        await cloud.DoAsync("DELETE", $"nodebalancers/{balancer}/configs/{port}/nodes/{back["id"]}");
        await cloud.DoAsync("PUT", $"networking/firewalls/{cloud.Firewall}/rules", Rules(wider));

        var undone = new (string Found, Func<Task> Undo)[]
        {
            ("off node shop-us-east-web-2 power: running, offline", () => cloud.DoAsync("POST", $"linode/instances/{web[2]}/boot")),
            ($"changed node shop-us-east-web-3 owner tag: {cloud.Owner}, -", () => cloud.DoAsync(
                "PUT", $"linode/instances/{web[3]}", $$"""{"tags":["webserver","{{cloud.Owner}}"]}""")),
            ("changed node shop-us-east-web-4 label: shop-us-east-web-4, renamed", () => cloud.DoAsync(
                "PUT", $"linode/instances/{web[4]}", """{"label":"shop-us-east-web-4"}""")),
            ("changed node shop-us-east-web-5 watchdog: on, off", () => cloud.DoAsync(
                "PUT", $"linode/instances/{web[5]}", """{"watchdog_enabled":true}""")),
            ($"changed node shop-us-east-web-6 firewall: {cloud.FirewallLabel}, -", () => cloud.DoAsync(
                "POST", $"networking/firewalls/{cloud.Firewall}/devices", $$"""{"id":{{web[6]}},"type":"linode"}""")),
            ("extra node stray node: -, g6-nanode-1 in us-east", async () =>
                (await desk.RunAsync("cluster", "orphans", "--delete", "--yes")).Ended(0)),
            ("changed volume shop-us-east-db-1-data attached to: shop-us-east-db-1, -", () => cloud.DoAsync(
                "POST", $"volumes/{volume}/attach", $$"""{"linode_id":{{cloud.Node("db-1")}}}""")),
            ($"missing balancer shop-us-east-front port 80 back end: shop-us-east-web-5 {back["address"]}, -", () => cloud.DoAsync(
                "POST", $"nodebalancers/{balancer}/configs/{port}/nodes", $$"""{"label":"{{back["label"]}}","address":"{{back["address"]}}"}""")),
            ($"extra firewall {cloud.FirewallLabel} inbound rule hole: -, ACCEPT TCP 9999 0.0.0.0/0", () => cloud.DoAsync(
                "PUT", $"networking/firewalls/{cloud.Firewall}/rules", Rules(rules))),
            ("missing node shop-us-east-web-1 node: g6-standard-1 in us-east, -", async () =>
            {
                (await desk.RunAsync("node", "delete", "shop-us-east-web-1", "--cluster", "shop", "--yes")).Ended(0);
                (await desk.RunAsync("cluster", "create", "shop", "shop.yaml")).Ended(0);
            }),
        };
        for (var done = 0; done < undone.Length; done++)
        {
            var left = undone[done..].Select(one => one.Found).Order(StringComparer.Ordinal);
            Assert.Equal(left, (await DriftAsync(desk)).Order(StringComparer.Ordinal));
            await undone[done].Undo();
        }

        Assert.Equal("no drift\n", (await desk.RunAsync("cluster", "diff", "shop", "--live", "--exit-code", "-o", "name")).Ended(0).Error);
    }

    [Fact]
    public async Task What_cannot_be_put_back_is_found_as_well_and_what_mends_it_is_named_where_something_does()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await ShopAsync(desk);
        (await desk.RunAsync("cluster", "stop", "shop", "--only", "web")).Ended(0);
        Assert.Empty(await DriftAsync(desk));
        var (balancer, port, _) = await cloud.BackendAsync("shop-us-east-web-1");

        await cloud.DoAsync("POST", $"linode/instances/{cloud.Node("web-1")}/boot");
        await cloud.DoAsync("POST", $"linode/instances/{cloud.Node("cold-1")}/boot");
        await cloud.DoAsync("POST", $"linode/instances/{cloud.Node("quiet-1")}/shutdown");
        await cloud.DoAsync("POST", $"volumes/{cloud.Volume("db-2-data")}/resize", """{"size":40}""");
        await cloud.DoAsync("POST", $"volumes/{cloud.Volume("db-3-data")}/detach");
        await cloud.DoAsync("DELETE", $"volumes/{cloud.Volume("db-3-data")}");
        await cloud.DoAsync("POST", "volumes", $$"""{"region":"us-east","size":10,"label":"stray","tags":["{{cloud.Owner}}"]}""");
        await cloud.DoAsync("PUT", $"nodebalancers/{balancer}/configs/{port}", """{"check_path":"/other"}""");
        await cloud.DoAsync("PUT", $"networking/firewalls/{cloud.Firewall}", """{"status":"disabled"}""");
        var found = (await desk.RunAsync("cluster", "diff", "shop", "--live", "-o", "json")).Ended(0);

        Assert.Equal(
            [
                "on node shop-us-east-cold-1 power: offline, running", "off node shop-us-east-quiet-1 power: running, offline",
                "on node shop-us-east-web-1 power: offline, running", "changed volume shop-us-east-db-2-data size: 20 GB, 40 GB",
                "missing volume shop-us-east-db-3-data volume: 20 GB, -", "extra volume stray volume: -, 10 GB in us-east",
                "changed balancer shop-us-east-front port 80 check path: /health, /other",
                $"changed firewall {cloud.FirewallLabel} status: enabled, disabled",
            ],
            found.Json.AsArray().Select(Line));
        Assert.Contains("to mend: linodetool cluster start shop --only cold --only web\n", found.Error);
        Assert.Contains("to mend: linodetool cluster restart shop --only quiet\n", found.Error);
        Assert.EndsWith("8 differences\n", found.Error);
        (await desk.RunAsync("cluster", "start", "shop", "--only", "cold", "--only", "web")).Ended(0);
        (await desk.RunAsync("cluster", "restart", "shop", "--only", "quiet")).Ended(0);
        Assert.DoesNotContain(await DriftAsync(desk), line => line.Contains(" power: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_cost_of_a_look_follows_pages_and_not_nodes()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("cluster", "create", "wp", Desk.Shipped("ha-wordpress.yaml"))).Ended(0);
        var nodes = await desk.Cloud.ListAsync("linode/instances");
        var balancers = await desk.Cloud.ListAsync("nodebalancers");
        var ports = 0;
        foreach (var balancer in balancers)
        {
            ports += (await desk.Cloud.ListAsync($"nodebalancers/{balancer["id"]}/configs")).Count;
        }

        async Task<List<string>> CostAsync(int code, params string[] options)
        {
            var before = (await desk.Cloud.RequestsAsync()).Count;
            (await desk.RunAsync(["cluster", "diff", "wp", "--exit-code", .. options])).Ended(code);
            return [.. (await desk.Cloud.RequestsAsync()).Skip(before).Select(request => $"{request.Method} {request.Path}")];
        }

        Assert.Equal(82, nodes.Count);
        Assert.Empty(await CostAsync(0));
        var whole = await CostAsync(0, "--live");
        Assert.All(whole, request => Assert.StartsWith("GET ", request));
        Assert.Equal(7 + balancers.Count + ports, whole.Count);
        Assert.Equal(1, whole.Count(request => request.Contains("linode/instances", StringComparison.Ordinal)));

        // What is in no list by tag costs one list of all more, however many there are.
        foreach (var node in nodes.Take(3))
        {
            await desk.Cloud.SendAsync("DELETE", $"/v4/linode/instances/{node["id"]}");
        }

        Assert.Equal(whole.Count + 1, (await CostAsync(10, "--live")).Count);
    }

    [Theory]
    [InlineData("ha-wordpress.yaml")]
    [InlineData("iot.yaml")]
    [InlineData("redis-cluster.yaml")]
    [InlineData("streaming.yaml")]
    public async Task What_was_just_made_of_a_plan_that_is_shipped_differs_in_nothing(string plan)
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("cluster", "create", "made", Desk.Shipped(plan))).Ended(0);
        foreach (var verb in new[] { "", "stop", "start" })
        {
            (verb.Length == 0 ? null : await desk.RunAsync("cluster", verb, "made", "--force"))?.Ended(0);
            Assert.Equal("no drift\n", (await desk.RunAsync("cluster", "diff", "made", "--exit-code")).Ended(0).Error);
            Assert.Equal("no drift\n", (await desk.RunAsync("cluster", "diff", "made", "--live", "--exit-code")).Ended(0).Error);
        }
    }

    [Fact]
    public async Task Single_nodes_and_clusters_taken_up_again_differ_in_nothing_either()
    {
        await using var desk = await Desk.SitDownAsync();
        (await desk.RunAsync("node", "create", "newark", "1gb", "debian 12", "--count", "2")).Ended(0);
        await ShopAsync(desk);
        (await desk.RunAsync("cluster", "diff", "nodes", "--live", "--exit-code")).Ended(0);
        var clusters = (await desk.RunAsync("cluster", "list", "-o", "json")).Ended(0).Json.AsArray();
        var tags = clusters.ToDictionary(row => (string)row!["name"]!, row => $"lct:{row!["id"]}");

        var other = Desk.SitDown(desk.Cloud);
        try
        {
            other.Write("shop.yaml", Shop);
            (await other.RunAsync("cluster", "import", "shop", "--tag", tags["shop"], "--plan", "shop.yaml")).Ended(0);
            (await other.RunAsync("cluster", "import", "loose", "--tag", tags["nodes"])).Ended(0);
            (await other.RunAsync("cluster", "diff", "loose", "--live", "--exit-code")).Ended(0);
            Assert.Equal([], await DriftAsync(other));
        }
        finally
        {
            await other.LeaveAsync();
        }
    }

    [Fact]
    public async Task A_run_at_work_and_what_a_token_may_not_read_are_told_and_nothing_is_written()
    {
        await using var desk = await Desk.SitDownAsync("--token", "bound=linodes:read_only firewall:read_only");
        desk.WritePlan("plan.yaml", 4);
        await desk.Cloud.FaultAsync("delay=4s on POST /linode/instances");
        using var running = desk.Start("cluster", "create", "web", "plan.yaml", "--parallelism", "1");
        await running.SaidAsync("begins");
        Assert.Contains("create is at work on web", (await desk.RunAsync("cluster", "diff", "web", "--live")).Ended(0).Error);
        (await running.EndAsync()).Ended(0);
        var writes = (await desk.Cloud.WritesAsync()).Count;

        desk.Environment["LINODETOOL_TOKEN"] = "bound";
        var bound = (await desk.RunAsync("cluster", "diff", "web", "--live", "--exit-code")).Ended(0).Error;

        Assert.Contains("not looked at, as the token may not read them: volumes, balancers, StackScripts", bound);
        Assert.Contains("no drift in what was looked at", bound);
        Assert.Equal(writes, (await desk.Cloud.WritesAsync()).Count);
        Assert.Contains("LCT4011", (await desk.RunAsync("cluster", "diff", "nobody", "--live")).Ended(5).Error);
    }

    internal static async Task<ByHand> ShopAsync(Desk desk)
    {
        desk.Write("shop.yaml", Shop);
        (await desk.RunAsync("cluster", "create", "shop", "shop.yaml")).Ended(0);
        return await ByHand.OfAsync(desk.Cloud, "shop-us-east-");
    }

    private static string Rules(JsonObject rules)
    {
        var sent = rules.Where(one => one.Key is "inbound" or "outbound" or "inbound_policy" or "outbound_policy");
        return new JsonObject(sent.Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone()))).ToJsonString();
    }

    private static string Line(JsonNode? row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row!["kind"]} {row["what"]} {row["label"]} {row["fact"]}: {row["recorded"] ?? "-"}, {row["found"] ?? "-"}");

    private static async Task<IEnumerable<string>> DriftAsync(Desk desk) =>
        (await desk.RunAsync("cluster", "diff", "shop", "--live", "-o", "json")).Ended(0).Json.AsArray().Select(Line);
}
