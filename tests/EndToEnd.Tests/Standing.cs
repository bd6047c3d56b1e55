using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>What stands in a cloud, in words that two runs of one plan share: no ids, no addresses, no uuids.</summary>
internal static class Standing
{
    /// <summary>A bit of everything: nodes with disks of their own, volumes, balancers, a node that is off.</summary>
    public const string Plan = """
        version: 1
        regionplans:
        - name: small
          nodes:
          - { name: web, type: g6-standard-1, image: debian 12, count: 3, tags: [webserver] }
          - { name: cold, type: g6-nanode-1, image: debian 12, init: { boot-on-create: no } }
          - name: db
            type: g6-standard-1
            image: debian 12
            count: 2
            storage:
            - { label: boot, size: 80%, fs: ext4, boot: yes }
            - { label: swap, size: 20%, fs: swap }
            - { label: data, size: 20GB, type: blockstore }
          nodebalancers:
          - { name: front, tag: webserver, port: 80, protocol: http }
        regions:
        - { region: us-east, regionplan: small }
        """;

    public static async Task<IReadOnlyList<string>> OfAsync(Cloud cloud)
    {
        var lines = new List<string>();
        var volumes = await cloud.ListAsync("volumes");
        var nodes = await cloud.ListAsync("linode/instances");
        foreach (var node in nodes)
        {
            var disks = (await cloud.ListAsync($"linode/instances/{node["id"]}/disks")).Select(disk => $"{disk["filesystem"]} {disk["size"]}");
            var configs = await cloud.ListAsync($"linode/instances/{node["id"]}/configs");
            var attached = volumes.Where(volume => $"{volume["linode_id"]}" == $"{node["id"]}").Select(volume => volume["label"]);
            lines.Add($"node {node["label"]} {node["type"]} {node["status"]} {Tags(node)} disks {string.Join(", ", disks)}; {configs.Count} config; "
                + $"volumes {string.Join(", ", attached)}");
        }

        lines.AddRange(volumes.Select(volume => $"volume {volume["label"]} {volume["size"]} {volume["status"]} {Tags(volume)}"));
        foreach (var balancer in await cloud.ListAsync("nodebalancers"))
        {
            foreach (var config in await cloud.ListAsync($"nodebalancers/{balancer["id"]}/configs"))
            {
                var backends = await cloud.ListAsync($"nodebalancers/{balancer["id"]}/configs/{config["id"]}/nodes");
                var behind = backends.Select(backend => Behind($"{backend["address"]}", nodes)).Order(StringComparer.Ordinal);
                lines.Add($"balancer {balancer["region"]} {config["port"]} {Tags(balancer)} {string.Join(", ", behind)}");
            }
        }

        lines.AddRange((await cloud.ListAsync("networking/firewalls")).Select(firewall => $"firewall {Tags(firewall)}"));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Behind(string address, IEnumerable<JsonNode> nodes)
    {
        var parts = address.Split(':');
        var node = nodes.SingleOrDefault(one => one["ipv4"]!.AsArray().Any(ip => (string)ip! == parts[0]));
        return $"{node?["label"] ?? "nobody"}:{parts[1]}";
    }

    private static string Tags(JsonNode thing) => "[" + string.Join(",", thing["tags"]!.AsArray().Select(tag => (string)tag!)
        .Select(tag => tag.StartsWith("lct:", StringComparison.Ordinal) ? "lct:owner" : tag).Order(StringComparer.Ordinal)) + "]";
}
