using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Applying;

/// <summary>What was done by hand in the account is shown by cluster plan and brought back by cluster apply.</summary>
public sealed class BringBackTests
{
    [Fact]
    public async Task A_node_that_was_deleted_is_made_again_under_its_name_and_gets_its_volume_back()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await DriftTests.ShopAsync(desk);
        var (volume, old) = (cloud.Volume("db-1-data"), cloud.Node("db-1"));
        await cloud.DoAsync("DELETE", $"linode/instances/{old}");

        await Edits.ProveAsync(desk, "shop.yaml", ["node.again"]);

        var fresh = (await desk.Cloud.ListAsync("linode/instances")).Single(node => (string?)node["label"] == "shop-us-east-db-1");
        var found = (await desk.Cloud.ListAsync("volumes")).Single(one => (long)one["id"]! == volume);
        Assert.NotEqual(old, (long)fresh["id"]!);
        Assert.Equal((long)fresh["id"]!, (long)found["linode_id"]!);
    }

    [Fact]
    public async Task A_node_behind_a_balancer_that_was_deleted_is_behind_it_again()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await DriftTests.ShopAsync(desk);
        await cloud.DoAsync("DELETE", $"linode/instances/{cloud.Node("web-2")}");
        await MendAsync(desk, "node.again");
    }

    [Fact]
    public async Task A_volume_that_was_deleted_is_made_anew()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await DriftTests.ShopAsync(desk);
        await cloud.DoAsync("POST", $"volumes/{cloud.Volume("db-2-data")}/detach");
        await cloud.DoAsync("DELETE", $"volumes/{cloud.Volume("db-2-data")}");
        await Edits.ProveAsync(desk, "shop.yaml", ["volume.again"]);
    }

    [Fact]
    public async Task A_volume_that_was_taken_off_is_attached_again()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await DriftTests.ShopAsync(desk);
        await cloud.DoAsync("POST", $"volumes/{cloud.Volume("db-2-data")}/detach");
        await Edits.ProveAsync(desk, "shop.yaml", ["volume.attach"]);
    }

    [Fact]
    public async Task A_balancer_that_was_deleted_is_made_again()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await DriftTests.ShopAsync(desk);
        var (balancer, _, _) = await cloud.BackendAsync("shop-us-east-web-1");
        await cloud.DoAsync("DELETE", $"nodebalancers/{balancer}");
        await MendAsync(desk, "balancer.add");
    }

    [Fact]
    public async Task A_back_end_that_was_taken_out_is_behind_its_balancer_again()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await DriftTests.ShopAsync(desk);
        var (balancer, port, back) = await cloud.BackendAsync("shop-us-east-web-5");
        await cloud.DoAsync("DELETE", $"nodebalancers/{balancer}/configs/{port}/nodes/{back["id"]}");
        await Edits.ProveAsync(desk, "shop.yaml", ["balancer.backend"]);
    }

    [Fact]
    public async Task A_firewall_that_was_deleted_is_made_again_with_all_nodes_behind_it()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await DriftTests.ShopAsync(desk);
        await cloud.DoAsync("DELETE", $"networking/firewalls/{cloud.Firewall}");

        await MendAsync(desk, "firewall.add");

        var firewall = Assert.Single(await desk.Cloud.ListAsync("networking/firewalls"));
        Assert.Equal(12, (await desk.Cloud.ListAsync($"networking/firewalls/{firewall["id"]}/devices")).Count);
    }

    [Fact]
    public async Task A_rule_that_was_added_to_the_firewall_is_taken_away()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await DriftTests.ShopAsync(desk);
        var rules = (await desk.Cloud.SendAsync("GET", $"/v4/networking/firewalls/{cloud.Firewall}/rules")).DeepClone().AsObject();
        rules["inbound"]!.AsArray().Add(JsonNode.Parse(
            """{"action":"ACCEPT","protocol":"TCP","ports":"9999","label":"hole","addresses":{"ipv4":["0.0.0.0/0"]}}"""));
        foreach (var other in rules.Select(one => one.Key).Where(key => key is not ("inbound" or "outbound" or "inbound_policy" or "outbound_policy")).ToList())
        {
            rules.Remove(other);
        }

        await cloud.DoAsync("PUT", $"networking/firewalls/{cloud.Firewall}/rules", rules.ToJsonString());
        await Edits.ProveAsync(desk, "shop.yaml", ["firewall.rules"]);
    }

    [Fact]
    public async Task A_node_that_was_switched_off_is_booted_and_tags_and_watchdog_and_firewall_are_as_they_were()
    {
        await using var desk = await Desk.SitDownAsync();
        var cloud = await DriftTests.ShopAsync(desk);
        await cloud.DoAsync("POST", $"linode/instances/{cloud.Node("web-2")}/shutdown");
        await cloud.DoAsync("PUT", $"linode/instances/{cloud.Node("web-3")}", """{"tags":["other"]}""");
        await cloud.DoAsync("PUT", $"linode/instances/{cloud.Node("web-4")}", """{"watchdog_enabled":false}""");
        await cloud.DoAsync("DELETE", $"networking/firewalls/{cloud.Firewall}/devices/{await cloud.DeviceAsync(cloud.Node("web-5"))}");
        await Edits.ProveAsync(desk, "shop.yaml", ["node.guard", "node.owner", "node.power", "node.tags", "node.watchdog"]);
    }

    // What comes with it is told or not; that nothing is left is what counts.
    private static async Task MendAsync(Desk desk, params string[] rules)
    {
        var found = (await Edits.PreviewAsync(desk, "shop.yaml")).Select(change => (string)change!["rule"]!).ToHashSet();
        Assert.Subset(found, rules.ToHashSet());
        (await desk.RunAsync("cluster", "apply", "shop", "shop.yaml", "--yes")).Ended(0);
        (await desk.RunAsync("cluster", "plan", "shop", "shop.yaml", "--exit-code")).Ended(0);
        (await desk.RunAsync("cluster", "diff", "shop", "--live", "--exit-code")).Ended(0);
    }
}
