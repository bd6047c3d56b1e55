using System.Globalization;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests;

/// <summary>Clusters through version 3 of the API, on the same cloud that version 4 shows.</summary>
public sealed partial class V3Tests
{
    [Fact]
    public async Task A_cluster_made_through_version_3_stands_as_one_made_through_version_4()
    {
        var (old, today) = (await MadeAsync("v3"), await MadeAsync("v4"));
        Assert.Equal(today.Nodes, old.Nodes);
        Assert.Equal(today.Standing, old.Standing);
    }

    [Fact]
    public async Task All_verbs_of_clusters_and_nodes_work_through_version_3()
    {
        await using var desk = await SitDownAsync();
        desk.Write("plan.yaml", Standing.Plan);
        (await desk.RunAsync("cluster", "create", "shop", "plan.yaml", "--yes")).Ended(0);
        (await desk.RunAsync("cluster", "diff", "shop", "--live", "--exit-code")).Ended(0);

        (await desk.RunAsync("cluster", "stop", "shop", "--yes")).Ended(0);
        Assert.All(await desk.Cloud.ListAsync("linode/instances"), node => Assert.Equal("offline", (string)node["status"]!));
        (await desk.RunAsync("cluster", "start", "shop", "--yes")).Ended(0);
        Assert.All(await desk.Cloud.ListAsync("linode/instances"), node => Assert.Equal("running", (string)node["status"]!));

        (await desk.RunAsync("node", "create", "newark", "1gb", "ubuntu 16.04 lts", "--yes")).Ended(0);
        Assert.Contains("nodes-us-east-1", (await desk.RunAsync("node", "list")).Ended(0).Out);
        Assert.Equal("7 linodes, 14 disks, 2 volumes, 1 nodebalancers, 0 firewalls", await desk.Cloud.ContentAsync());
        (await desk.RunAsync("node", "delete", "nodes-us-east-1", "--yes")).Ended(0);

        (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        Assert.Equal("0 linodes, 0 disks, 0 volumes, 0 nodebalancers, 0 firewalls", await desk.Cloud.ContentAsync());
        Assert.Contains("there are none", (await desk.RunAsync("cluster", "orphans")).Ended(0).Error);
    }

    [Theory]
    [InlineData("ha-wordpress-2017.yaml", "both", "82 linodes, 164 disks, 10 volumes, 4 nodebalancers, 0 firewalls")]
    [InlineData("iot-2017.yaml", "both", "52 linodes, 104 disks, 8 volumes, 0 nodebalancers, 0 firewalls")]
    [InlineData("iot-2017.yaml", "2017", "52 linodes, 104 disks, 8 volumes, 0 nodebalancers, 0 firewalls")]
    [InlineData("testplan1.yaml", "both", "3 linodes, 6 disks, 1 volumes, 0 nodebalancers, 0 firewalls")]
    [InlineData("testplan1.json", "2017", "3 linodes, 6 disks, 0 volumes, 0 nodebalancers, 0 firewalls")]
    public async Task Plans_of_2017_become_what_they_say(string plan, string catalogue, string content)
    {
        await using var desk = await SitDownAsync("--catalogue", catalogue);
        WriteOfThen(desk, plan);

        var made = (await desk.RunAsync("cluster", "create", "then", "plan.yaml", "--yes")).Ended(0);

        Assert.Equal(content, await desk.Cloud.ContentAsync());
        var requests = await desk.Cloud.RequestsAsync();
        var calls = int.Parse(Calls().Match(made.Error).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.True(requests.Count < 200 || calls < requests.Count / 3, $"{requests.Count} things were asked in {calls} requests");
        var types = (await desk.Cloud.ListAsync("linode/instances")).Select(node => ((string)node["type"]!)[..3]).Distinct();
        Assert.Equal([catalogue == "2017" ? "g5-" : "g6-"], types.Where(type => type is "g5-" or "g6-"));
        (await desk.RunAsync("cluster", "delete", "then", "--yes")).Ended(0);
        Assert.StartsWith("0 linodes, 0 disks, 0 volumes, 0 nodebalancers", await desk.Cloud.ContentAsync());
    }

    [Fact]
    public async Task Volumes_where_there_were_none_in_2017_are_told_before_anything_is_made()
    {
        await using var desk = await SitDownAsync("--catalogue", "2017");
        WriteOfThen(desk, "ha-wordpress-2017.yaml");
        var refused = (await desk.RunAsync("cluster", "create", "then", "plan.yaml", "--yes")).Ended(3);
        Assert.Contains("error LCT2073: eu-central-1a has no Block Storage", refused.Error);
        Assert.StartsWith("0 linodes", await desk.Cloud.ContentAsync());
    }

    [Fact]
    public async Task Numbers_of_a_plan_are_those_of_the_API()
    {
        await using var desk = await SitDownAsync("--catalogue", "2017");
        desk.Write("plan.yaml", "version: 1\nregions: [{ region: '6', nodes: [{ name: web, type: '2', image: '146', count: 2 }] }]\n");
        (await desk.RunAsync("cluster", "create", "shop", "plan.yaml", "--yes")).Ended(0);
        Assert.All(await desk.Cloud.ListAsync("linode/instances"), node =>
            Assert.Equal("us-east-1a g5-standard-1 running", $"{node["region"]} {node["type"]} {node["status"]}"));
    }

    [Fact]
    public async Task A_plan_chooses_the_API_and_its_cluster_stays_with_it()
    {
        await using var desk = await Desk.SitDownAsync();
        desk.Environment["LINODETOOL_API_KEY"] = desk.Token + "-key";
        desk.Hide("the key", desk.Token + "-key");
        desk.Write("plan.yaml", "api: v3\n" + Standing.Plan);
        Assert.Contains("token from LINODETOOL_API_KEY", (await desk.RunAsync("cluster", "create", "shop", "plan.yaml", "--yes")).Ended(0).Error);
        Assert.EndsWith("0 firewalls", await desk.Cloud.ContentAsync());
        (await desk.RunAsync("cluster", "stop", "shop", "--yes")).Ended(0);
        (await desk.RunAsync("cluster", "delete", "shop", "--yes")).Ended(0);
        Assert.DoesNotContain(await desk.Cloud.RequestsAsync(), request => request.Path.StartsWith("/v4/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_version_3_cannot_do_is_told_before_anything_is_made()
    {
        await using var desk = await SitDownAsync();
        desk.Write("site.yaml", "#cloud-config\nruncmd: [[touch, /srv/x]]\n");
        desk.Write("plan.yaml", """
            version: 1
            regions: [{ region: us-east, nodes: [{ name: web, type: 1gb, image: debian 12, init: { firstboot: [{ name: 'cloudinit:site.yaml' }] } }] }]
            """);
        (await desk.RunAsync("cluster", "create", "shop", "plan.yaml", "--yes")).Ended(3);
        Assert.StartsWith("0 linodes", await desk.Cloud.ContentAsync());
    }

    [Fact]
    public async Task A_cluster_is_scaled_and_brought_to_another_plan_through_version_3()
    {
        await using var desk = await SitDownAsync();
        desk.Write("plan.yaml", Standing.Plan);
        (await desk.RunAsync("cluster", "create", "s", "plan.yaml", "--yes")).Ended(0);

        (await desk.RunAsync("cluster", "scale", "s", "web=4", "--remove", "s-us-east-web-2", "--yes")).Ended(0);
        Assert.Equal(["1", "3", "4", "5"], await BehindAsync(desk.Cloud));
        (await desk.RunAsync("cluster", "scale", "s", "db=1", "--insert", "s-us-east-web-2", "--yes")).Ended(0);
        Assert.Equal(["1", "2", "3", "4", "5"], await BehindAsync(desk.Cloud));
        Assert.Equal("7 linodes, 14 disks, 1 volumes, 1 nodebalancers, 0 firewalls", await desk.Cloud.ContentAsync());

        // There are no tags in the account: they are kept here, and so they change here.
        desk.Write("other.yaml", Standing.Plan.Replace("count: 3, tags: [webserver]", "count: 5, tags: [webserver, shown], users: [ops]", StringComparison.Ordinal)
            .Replace("regionplans:", "users: { ops: { users: [{ name: deploy }] } }\nregionplans:", StringComparison.Ordinal)
            .Replace("count: 2\n", "count: 1\n", StringComparison.Ordinal));
        (await desk.RunAsync("cluster", "apply", "s", "other.yaml", "--yes")).Ended(0);
        Assert.Equal(5, (await desk.RunAsync("node", "list", "--tag", "shown", "-o", "name")).Ended(0).Lines.Length);
        (await desk.RunAsync("cluster", "diff", "s", "--live", "--exit-code")).Ended(0);
        Assert.Contains("nothing to do", (await desk.RunAsync("cluster", "apply", "s", "other.yaml", "--yes")).Ended(0).Out, StringComparison.Ordinal);
        Assert.DoesNotContain(await desk.Cloud.WritesAsync(), request => request.Path.StartsWith("/v4/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_begun()
    {
        await using var desk = await SitDownAsync();
        desk.Environment.Remove("LINODETOOL_API_KEY");
        desk.WritePlan("plan.yaml", 1);
        Assert.Contains("secret set api-key", (await desk.RunAsync("cluster", "create", "shop", "plan.yaml", "--yes")).Error);
        Assert.StartsWith("0 linodes", await desk.Cloud.ContentAsync());
    }

    /// <summary>Numbers of the nodes that take connections from the one balancer.</summary>
    private static async Task<IEnumerable<string>> BehindAsync(Cloud cloud)
    {
        var nodes = await cloud.ListAsync("linode/instances");
        var balancer = (await cloud.ListAsync("nodebalancers")).Single()["id"];
        var port = (await cloud.ListAsync($"nodebalancers/{balancer}/configs")).Single()["id"];
        var behind = await cloud.ListAsync($"nodebalancers/{balancer}/configs/{port}/nodes");
        Assert.All(behind, backend => Assert.Equal("accept", (string)backend["mode"]!));
        return behind.Select(backend => nodes.Single(node => node["ipv4"]!.AsArray().Any(ip => (string)ip! == ((string)backend["address"]!).Split(':')[0])))
            .Select(node => ((string)node["label"]!).Split('-')[^1]).Order(StringComparer.Ordinal);
    }

    private static void WriteOfThen(Desk desk, string plan)
    {
        foreach (var playbook in new[] { "ansible/memcached.yaml", "mysql/ndb.yaml", "mysql/ndbmgmt.yaml" })
        {
            desk.Write("scripts/" + playbook, "- hosts: all\n");
        }

        var text = File.ReadAllText(Build.Repository($"tests/LinodeClusterToolkit.Tests/Plans/Data/{plan}"));
        desk.Write("plan.yaml", text.Replace("/mnt/deploymentscripts", desk.At("scripts"), StringComparison.Ordinal));
    }

    private static async Task<Desk> SitDownAsync(params string[] cloud)
    {
        var desk = await Desk.SitDownAsync(cloud);
        desk.Environment["LINODETOOL_API"] = "v3";
        desk.Environment["LINODETOOL_API_KEY"] = desk.Token + "-key";
        desk.Hide("the key", desk.Token + "-key");
        return desk;
    }

    private static async Task<(IReadOnlyList<string> Nodes, IReadOnlyList<string> Standing)> MadeAsync(string api)
    {
        await using var desk = await SitDownAsync();
        desk.Environment["LINODETOOL_API"] = api;
        desk.Write("plan.yaml", Standing.Plan);
        (await desk.RunAsync("cluster", "create", "s", "plan.yaml", "--yes")).Ended(0); // so short that no label is cut
        var nodes = (await desk.RunAsync("node", "list", "-o", "json")).Ended(0).Json.AsArray();
        var facts = new[] { "label", "region", "group", "type", "image", "power", "state", "stage", "boot", "configuration", "tags", "hostname" };
        return (
            [.. nodes.Select(node => string.Join(" ", facts.Select(fact => $"{fact}={node![fact]?.ToJsonString()}"))).Order(StringComparer.Ordinal)],
            [
                .. (await Standing.OfAsync(desk.Cloud)).Where(line => !line.StartsWith("firewall", StringComparison.Ordinal))
                    .Select(line => Tags().Replace(Mark().Replace(line, ""), "")).Order(StringComparer.Ordinal),
            ]);
    }

    [GeneratedRegex("API ([0-9]+) calls")]
    private static partial Regex Calls();

    // Where there are no tags, labels of volumes end with a mark.
    [GeneratedRegex("-lct[0-9a-f]{8}")]
    private static partial Regex Mark();

    [GeneratedRegex(@" \[[^\]]*\]")]
    private static partial Regex Tags();
}
