namespace EndToEnd.Tests;

/// <summary>Commands on a cluster of which somebody deleted a part: each ends with a named problem, or does the rest.</summary>
public sealed class GoneTests
{
    private static readonly string[][] Lines =
    [
        ["cluster", "show", "shop"], ["cluster", "list"], ["cluster", "diff", "shop"], ["cluster", "diff", "shop", "--live"],
        ["cluster", "events", "shop"],
        ["cluster", "wait", "shop", "--for", "started", "--timeout", "5s"], ["cluster", "plan", "shop", "shop.yaml"], ["cluster", "orphans"],
        ["cluster", "exec", "shop", "--", "uptime"], ["cluster", "cp", "shop", "shop.yaml", "*:/tmp/"],
        ["cluster", "ssh", "shop", "shop-us-east-web-1", "--", "id"],
        ["cluster", "protect", "shop"], ["cluster", "unprotect", "shop"], ["cluster", "rotate-keys", "shop", "--group", "web", "--yes"],
        ["node", "list", "--cluster", "shop"], ["node", "show", "shop-us-east-web-1"], ["node", "why", "shop-us-east-web-1"],
        ["node", "exec", "shop-us-east-web-1", "--", "id"], ["node", "ssh", "shop-us-east-web-1", "--", "id"], ["task", "list", "--cluster", "shop"],
        ["cluster", "resume", "shop"], ["cluster", "retry", "shop"], ["cluster", "cancel", "shop"], ["cluster", "start", "shop"],
    ];

    [Fact]
    public async Task No_command_breaks_on_what_is_gone_and_all_of_it_is_made_anew_from_the_plan()
    {
        await using var desk = await Desk.SitDownAsync();
        await BreakAsync(desk);
        await SurviveAsync(desk, Lines);

        // A stop takes what is gone as off for good; the plan then makes it anew, with the firewall and the balancer it needs.
        Assert.Contains("shop: stop done", (await desk.RunAsync("cluster", "stop", "shop", "--watchdog", "off")).Ended(0).Out);
        await SurviveAsync(desk, [["cluster", "start", "shop"], ["cluster", "restart", "shop"]]);
        (await desk.RunAsync("node", "delete", "shop-us-east-db-2", "--yes")).Ended(0);
        (await desk.RunAsync("cluster", "create", "shop", "shop.yaml")).Ended(0);

        Assert.Equal("12 linodes, 24 disks, 3 volumes, 1 nodebalancers, 1 firewalls", await desk.Cloud.ContentAsync());
        var found = await desk.RunAsync("cluster", "diff", "shop", "--live", "-o", "json");
        Assert.All(found.Ended(0).Json.AsArray(), row => Assert.Equal("shop-us-east-cold-1", (string)row!["label"]!));
        (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        Assert.Equal("0 linodes, 0 disks, 0 volumes, 0 nodebalancers, 0 firewalls", await desk.Cloud.ContentAsync());
    }

    [Fact]
    public async Task What_is_left_can_be_deleted_at_once_and_node_by_node()
    {
        await using var desk = await Desk.SitDownAsync();
        await BreakAsync(desk);

        (await desk.RunAsync("node", "delete", "shop-us-east-web-1", "shop-us-east-web-3", "--yes")).Ended(0);
        (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);

        Assert.Equal("0 linodes, 0 disks, 0 volumes, 0 nodebalancers, 0 firewalls", await desk.Cloud.ContentAsync());
    }

    [Fact]
    public async Task A_node_that_lost_its_tag_is_stopped_and_started_and_never_taken_for_gone()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.WritePlan("plan.yaml", 2);
        (await desk.RunAsync("cluster", "create", "web", "plan.yaml")).Ended(0);
        var hand = await ByHand.OfAsync(desk.Cloud, "web-us-east-");
        async Task<string> StatusAsync() => (string)(await desk.Cloud.SendAsync("GET", $"/v4/linode/instances/{hand.Node("web-1")}"))["status"]!;

        await hand.DoAsync("PUT", $"linode/instances/{hand.Node("web-1")}", """{"tags":[]}""");
        (await desk.RunAsync("cluster", "stop", "web")).Ended(0);
        Assert.Equal("offline", await StatusAsync());
        await hand.DoAsync("PUT", $"linode/instances/{hand.Node("web-1")}", """{"tags":["webserver"]}""");
        (await desk.RunAsync("cluster", "start", "web")).Ended(0);

        Assert.Equal("running", await StatusAsync());
        (await desk.RunAsync("cluster", "diff", "web", "--live", "--exit-code", "--columns", "label")).Ended(0);
    }

    private static async Task BreakAsync(Desk desk)
    {
        var hand = await DriftTests.ShopAsync(desk);
        foreach (var name in new[] { "web-1", "web-2", "db-1", "quiet-1" })
        {
            await hand.DoAsync("DELETE", $"linode/instances/{hand.Node(name)}");
        }

        await hand.DoAsync("POST", $"volumes/{hand.Volume("db-2-data")}/detach");
        await hand.DoAsync("DELETE", $"volumes/{hand.Volume("db-2-data")}");
        await hand.DoAsync("DELETE", $"nodebalancers/{(await hand.BackendAsync("shop-us-east-web-3")).Balancer}");
        await hand.DoAsync("DELETE", $"networking/firewalls/{hand.Firewall}");
    }

    // 1 would be a bug; whatever else it ends with has a name.
    private static async Task SurviveAsync(Desk desk, string[][] lines)
    {
        foreach (var line in lines)
        {
            var ended = await desk.RunAsync(line);
            var told = $"{string.Join(' ', line)} ended with {ended.Code}:\n{ended.Error}";
            Assert.True(ended.Code is 0 or 5 or 6 or 7, told);
            Assert.True(ended.Code == 0 || ended.Error.Contains("error LCT", StringComparison.Ordinal), told);
            Assert.False(ended.Error.Contains("LCT9", StringComparison.Ordinal) || ended.Error.Contains("LCT5002", StringComparison.Ordinal), told);
        }
    }
}
