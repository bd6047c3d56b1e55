using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Machines;

/// <summary>Nodes taken out of a group of real hosts, others made, and one put back: nobody else is touched, but told.</summary>
[Collection("lives of machines")]
public sealed class ScaleTests : IAsyncLifetime
{
    private const string Plan = """
        version: 1
        network: { private: ip }
        storage:
          web:
          - { label: boot, size: 80%, fs: ext4, boot: yes }
          - { label: swap, size: 20%, fs: swap }
          - { label: data, size: 10GB, type: blockstore, fs: ext4, mount: /srv/web }
        services:
          http: { ports: [80/tcp], from: anywhere }
          cache: { ports: [11211/tcp], from: [web] }
        defaults: { type: g6-nanode-1, image: debian 12, nodenames: '{group}-{counter}' }
        regions:
        - region: us-east
          nodes:
          - name: web
            count: 4
            storage: web
            provides: [http]
            uses: [cache]
            init: { removing: [{ name: 'shell:inline', inline: 'hostname >> /srv/web/signed-off; sync' }] }
          - { name: cache, provides: [cache] }
          nodebalancers:
          - { name: front, tag: web, port: 80, protocol: http }
        """;

    private Desk? desk;

    private Desk Own => desk!;

    public async Task InitializeAsync() => desk = await Hosts.SitDownAsync();

    public Task DisposeAsync() => Hosts.LeaveAsync(desk);

    [MachinesFact]
    public async Task A_node_is_taken_out_others_come_under_new_numbers_and_it_comes_back_with_its_volume_only_when_it_is_asked_for()
    {
        (await Own.RunAsync("cluster", "create", "shop", Own.Write("plan.yaml", Plan))).Ended(0);
        var (made, told) = (await NodesAsync(), await ToldAsync("web-1", "cache-1"));
        var third = (await Own.Cloud.ListAsync("linode/instances")).Single(node => (string)node["label"]! == "web-3");
        string[] its = [made["web-3"].Split(' ')[^1], System.Net.IPAddress.Parse(((string)third["ipv6"]!).Split('/')[0]).ToString()];

        var calls = await ScaledAsync("--remove", "web-3", "--keep-volumes", "--yes");

        Assert.Equal(["DELETE web-3"], calls);
        var left = await NodesAsync();
        Assert.Equal(made.Where(node => node.Key != "web-3"), left);
        Assert.Equal(await BackendsAsync(), Addresses(left));
        Assert.Contains("web-3", told, StringComparison.Ordinal);
        Assert.Equal(
            told.Split('\n').Where(line => !its.Any(address => line.Contains(address, StringComparison.Ordinal))).Select(line => line.TrimEnd(',')),
            (await ToldAsync("web-1", "cache-1")).Split('\n').Select(line => line.TrimEnd(',')));
        Assert.Equal("null", $"{(await VolumeAsync("web-3"))["linode_id"]?.ToJsonString() ?? "null"}");

        // A number is given once.
        calls = await ScaledAsync("web=4");

        Assert.Equal("create web-5", Assert.Single(calls, call => call.StartsWith("create", StringComparison.Ordinal)));
        Assert.DoesNotContain(calls, call => call.Split(' ')[^1] is "web-1" or "web-2" or "web-4" or "cache-1");
        Assert.Equal(left, (await NodesAsync()).Where(node => node.Key != "web-5"));
        Assert.Equal("none", await Own.AskAsync("web-5", "test -e /srv/web/signed-off || echo none; findmnt -no SOURCE /srv/web > /dev/null"));

        // With what its removing action left on the volume that was kept.
        calls = await ScaledAsync("--insert", "web-3");

        Assert.Equal("create web-3", Assert.Single(calls, call => call.StartsWith("create", StringComparison.Ordinal)));
        Assert.Equal("web-3", await Own.AskAsync("web-3", "cat /srv/web/signed-off; hostname | grep -qx web-3"));
        var now = await NodesAsync();
        Assert.Equal(["cache-1", "web-1", "web-2", "web-3", "web-4", "web-5"], now.Keys);
        Assert.Equal(await BackendsAsync(), Addresses(now));
        Assert.Equal(5, (await Own.Cloud.ListAsync("volumes")).Count);
        Assert.Contains(now["web-3"].Split(' ')[^1], await Own.AskAsync("cache-1", "cat /etc/lct/ports.nft"), StringComparison.Ordinal);
        (await Own.RunAsync("cluster", "diff", "shop", "--live")).Ended(0);
    }

    /// <summary>Scales, and says which Linodes were named in calls that change something.</summary>
    private async Task<IReadOnlyList<string>> ScaledAsync(params string[] how)
    {
        var (before, names) = ((await Own.ChangesAsync()).Count, (await Own.NamesAsync()).ToDictionary());
        (await Own.RunAsync(["cluster", "scale", "shop", .. how])).Ended(0);
        foreach (var (id, name) in await Own.NamesAsync())
        {
            names[id] = name;
        }

        return [.. (await Own.ChangesAsync()).Skip(before).Select(row => Call(row, names)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    private static string? Call(JsonNode row, Dictionary<long, string> names) => ((string)row["path"]!).Split('/') switch
    {
        [_, _, "linode", "instances"] => $"create {row["body"]!["label"]}",
        [_, _, "linode", "instances", var id, ..] => $"{row["method"]} {names[long.Parse(id)]}",
        _ => null,
    };

    private async Task<SortedDictionary<string, string>> NodesAsync() => new(
        (await Own.Cloud.ListAsync("linode/instances")).ToDictionary(
            node => (string)node["label"]!,
            node => $"{node["id"]} {node["type"]} {string.Join(' ', node["ipv4"]!.AsArray().Select(one => (string)one!))}"),
        StringComparer.Ordinal);

    private static IEnumerable<string> Addresses(IDictionary<string, string> nodes) => nodes.Where(node => node.Key.StartsWith("web", StringComparison.Ordinal))
        .Select(node => $"{node.Value.Split(' ')[^1]}:80 accept").Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> BackendsAsync()
    {
        var balancer = (await Own.Cloud.ListAsync("nodebalancers")).Single()["id"];
        var port = (await Own.Cloud.ListAsync($"nodebalancers/{balancer}/configs")).Single()["id"];
        return (await Own.Cloud.ListAsync($"nodebalancers/{balancer}/configs/{port}/nodes")).Select(node => $"{node["address"]} {node["mode"]}")
            .Order(StringComparer.Ordinal);
    }

    private async Task<JsonNode> VolumeAsync(string of) =>
        (await Own.Cloud.ListAsync("volumes")).Single(volume => ((string)volume["label"]!).StartsWith(of, StringComparison.Ordinal));

    /// <summary>What nodes have been told of the others.</summary>
    private async Task<string> ToldAsync(params string[] nodes) =>
        string.Join('\n', await Task.WhenAll(nodes.Select(node => Own.AskAsync(node, "cat /etc/hosts /etc/lct/ports.nft"))));
}
