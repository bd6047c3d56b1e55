using System.Globalization;
using System.Text.Json;

namespace LinodeClusterToolkit.Tests.EndToEnd;

/// <summary>A small plan with a bit of everything, and what stands in the cloud in words that two runs share: no ids, no addresses.</summary>
internal static class Fleet
{
    public const string Plan = """
        version: 1
        regionplans:
        - name: small
          nodes:
          - { name: web, type: g6-standard-1, count: 3, tags: [webserver] }
          - { name: cold, type: g6-nanode-1, init: { boot-on-create: no } }
          - name: db
            type: g6-standard-1
            count: 2
            storage:
            - { label: boot, size: 80%, fs: ext4, boot: yes }
            - { label: swap, size: 20%, fs: swap }
            - { label: data, size: 20GB, type: blockstore }
          nodebalancers:
          - { name: front, tag: webserver, port: 80, protocol: http }
        regions:
        - { region: us-east, regionplan: small }
        - { region: eu-central, regionplan: small }
        """;

    /// <summary>What the plan comes to: a line for each thing in the cloud, with everything that hangs on it.</summary>
    public static readonly IReadOnlyList<string> AsPlanned = [.. new[] { "eu-central", "us-east" }.SelectMany(Region).Append(
        "firewall [lct:owner]").Order(StringComparer.Ordinal)];

    /// <summary>What the API lists.</summary>
    public static async Task<IReadOnlyList<string>> StandingAsync(World world)
    {
        var lines = new List<string>();
        var volumes = await world.GetAsync("volumes?page_size=500");
        var instances = await world.GetAsync("linode/instances?page_size=500");
        foreach (var node in instances)
        {
            var disks = (await world.GetAsync($"linode/instances/{Id(node)}/disks")).Select(disk => $"{Text(disk, "filesystem")} {disk.GetProperty("size")}");
            var configs = await world.GetAsync($"linode/instances/{Id(node)}/configs");
            var attached = volumes.Where(volume => volume.GetProperty("linode_id").ToString() == Id(node)).Select(volume => Text(volume, "label"));
            lines.Add($"node {Text(node, "label")} {Text(node, "type")} {Text(node, "status")} {Tags(node)} "
                + $"disks {string.Join(", ", disks)}; {configs.Count} config; volumes {string.Join(", ", attached)}");
        }

        lines.AddRange(volumes.Select(volume => $"volume {Text(volume, "label")} {volume.GetProperty("size")} {Text(volume, "status")} {Tags(volume)}"));
        foreach (var balancer in await world.GetAsync("nodebalancers"))
        {
            var configs = await world.GetAsync($"nodebalancers/{Id(balancer)}/configs");
            var config = Assert.Single(configs);
            var backends = await world.GetAsync($"nodebalancers/{Id(balancer)}/configs/{Id(config)}/nodes");
            var behind = backends.Select(backend => Behind(backend, instances)).Order(StringComparer.Ordinal);
            lines.Add($"balancer {Text(balancer, "region")} {config.GetProperty("port")} {Tags(balancer)} {string.Join(", ", behind)}");
        }

        lines.AddRange((await world.GetAsync("networking/firewalls")).Select(firewall => $"firewall {Tags(firewall)}"));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>Demands that the cloud holds what the plan says: nothing missing, nothing twice, nothing left over.</summary>
    public static async Task DemandAsync(World world)
    {
        var standing = await StandingAsync(world);
        Assert.Empty(AsPlanned.Except(standing).Select(line => $"missing: {line}").Concat(standing.Except(AsPlanned).Select(line => $"too much: {line}")));
        Assert.Equal(AsPlanned, standing);
    }

    private static IEnumerable<string> Region(string region) =>
    [
        .. Enumerable.Range(1, 3).Select(at =>
            $"node fleet-{region}-web-{at} g6-standard-1 running [lct:owner,webserver] disks ext4 50688, swap 512; 1 config; volumes "),
        $"node fleet-{region}-cold-1 g6-nanode-1 offline [lct:owner] disks ext4 25088, swap 512; 1 config; volumes ",
        .. Enumerable.Range(1, 2).Select(at =>
            $"node fleet-{region}-db-{at} g6-standard-1 running [lct:owner] disks ext4 40960, swap 10240; 1 config; volumes fleet-{region}-db-{at}-data"),
        .. Enumerable.Range(1, 2).Select(at => $"volume fleet-{region}-db-{at}-data 20 active [lct:owner]"),
        $"balancer {region} 80 [lct:owner] fleet-{region}-web-1:80, fleet-{region}-web-2:80, fleet-{region}-web-3:80",
    ];

    private static string Behind(JsonElement backend, IReadOnlyList<JsonElement> instances)
    {
        var address = Text(backend, "address").Split(':');
        var node = instances.Single(one => one.GetProperty("ipv4").EnumerateArray().Any(ip => ip.GetString() == address[0]));
        return $"{Text(node, "label")}:{address[1]}";
    }

    private static string Tags(JsonElement item) => "[" + string.Join(
        ",", item.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!).Select(tag => tag.StartsWith("lct:", StringComparison.Ordinal) ? "lct:owner" : tag).Order(StringComparer.Ordinal)) + "]";

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static string Id(JsonElement item) => item.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
}
