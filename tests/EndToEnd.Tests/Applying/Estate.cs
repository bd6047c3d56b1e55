using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Applying;

/// <summary>What stands in an account, fact by fact under its place: asked of the cloud itself, and knowing nothing of plans.</summary>
internal sealed class Estate
{
    private readonly SortedDictionary<string, string> facts = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> happened = [];

    public static async Task<Estate> SurveyAsync(Cloud cloud)
    {
        var estate = new Estate();
        var nodes = (await cloud.ListAsync("linode/instances")).ToDictionary(node => (long)node["id"]!);
        foreach (var (id, node) in nodes)
        {
            await estate.AddNodeAsync(cloud, id, node);
        }

        foreach (var volume in await cloud.ListAsync("volumes"))
        {
            var at = $"volume {volume["label"]}";
            estate.facts[at] = $"{volume["id"]}";
            estate.facts[$"{at}/size"] = $"{volume["size"]}";
            estate.facts[$"{at}/tags"] = Tags(volume);
            estate.facts[$"{at}/node"] = volume["linode_id"] is { } on ? $"{nodes[(long)on]["label"]}" : "none";
        }

        foreach (var balancer in await cloud.ListAsync("nodebalancers"))
        {
            await estate.AddBalancerAsync(cloud, balancer);
        }

        foreach (var firewall in await cloud.ListAsync("networking/firewalls"))
        {
            await estate.AddFirewallAsync(cloud, firewall);
        }

        foreach (var told in await cloud.ListAsync("account/events"))
        {
            estate.happened[(long)told["id"]!] = $"{told["action"]} {told["entity"]?["label"]}";
        }

        return estate;
    }

    /// <summary>What differs from how it was before: + what came, - what went, ~ what is otherwise; parts of what came or went are not told.</summary>
    public IReadOnlySet<string> Since(Estate before)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var place in facts.Keys.Union(before.facts.Keys))
        {
            var (was, now) = (before.facts.GetValueOrDefault(place), facts.GetValueOrDefault(place));
            var above = place.LastIndexOf('/') is > 0 and var cut ? place[..cut] : null;
            if (was != now && (above is null || (facts.ContainsKey(above) && before.facts.ContainsKey(above)) || IsRoot(above)))
            {
                found.Add($"{(was is null ? "+" : now is null ? "-" : "~")} {place}");
            }
        }

        return found;
    }

    /// <summary>Labels of the nodes that something of this kind happened to since then.</summary>
    public IReadOnlySet<string> Happened(Estate before, params string[] actions) => happened.Where(one => !before.happened.ContainsKey(one.Key))
        .Select(one => one.Value.Split(' ')).Where(words => actions.Contains(words[0])).Select(words => words[1]).ToHashSet(StringComparer.Ordinal);

    private static bool IsRoot(string place) => place.StartsWith("firewall", StringComparison.Ordinal);

    private async Task AddNodeAsync(Cloud cloud, long id, JsonNode node)
    {
        var at = $"node {node["label"]}";
        facts[at] = "there";
        facts[$"{at}/id"] = $"{id}";
        facts[$"{at}/type"] = $"{node["type"]}";
        facts[$"{at}/image"] = $"{node["image"]}";
        facts[$"{at}/status"] = $"{node["status"]}";
        facts[$"{at}/watchdog"] = $"{node["watchdog_enabled"]}";
        facts[$"{at}/tags"] = Tags(node);
        facts[$"{at}/owner"] = $"{node["tags"]!.AsArray().Any(tag => ((string)tag!).StartsWith("lct:", StringComparison.Ordinal))}";
        facts[$"{at}/private"] = $"{node["ipv4"]!.AsArray().Any(address => ((string)address!).StartsWith("192.168.", StringComparison.Ordinal))}";
        facts[$"{at}/disks"] = string.Join(", ", (await cloud.ListAsync($"linode/instances/{id}/disks"))
            .Select(disk => $"{disk["id"]} {disk["label"]} {disk["filesystem"]} {disk["size"]}"));
    }

    private async Task AddBalancerAsync(Cloud cloud, JsonNode balancer)
    {
        var at = $"balancer {balancer["label"]}";
        facts[at] = $"{balancer["id"]}";
        foreach (var port in await cloud.ListAsync($"nodebalancers/{balancer["id"]}/configs"))
        {
            var of = $"{at}/port {port["port"]}";
            facts[of] = string.Join(' ', new[] { "protocol", "algorithm", "stickiness", "check", "check_path", "check_body", "check_interval", "check_timeout", "check_attempts" }
                .Select(fact => $"{port[fact]}").Prepend($"{port["id"]}"));
            foreach (var back in await cloud.ListAsync($"nodebalancers/{balancer["id"]}/configs/{port["id"]}/nodes"))
            {
                facts[$"{of}/back end {back["label"]}"] = $"{back["address"]} {back["mode"]}";
            }
        }
    }

    private async Task AddFirewallAsync(Cloud cloud, JsonNode firewall)
    {
        facts[$"firewall {firewall["label"]}"] = $"{firewall["id"]}";
        var rules = await cloud.SendAsync("GET", $"/v4/networking/firewalls/{firewall["id"]}/rules");
        foreach (var way in new[] { "inbound", "outbound" })
        {
            facts[$"firewall/{way} policy"] = $"{rules[$"{way}_policy"]}";
            foreach (var rule in rules[way]!.AsArray())
            {
                facts[$"firewall/{way} rule {rule!["label"]}"] = $"{rule["action"]} {rule["protocol"]} {rule["ports"]} {rule["addresses"]?.ToJsonString()}";
            }
        }

        foreach (var device in await cloud.ListAsync($"networking/firewalls/{firewall["id"]}/devices"))
        {
            if ((string?)device["entity"]!["type"] == "linode")
            {
                facts[$"node {device["entity"]!["label"]}/firewall"] = "behind it";
            }
        }
    }

    private static string Tags(JsonNode thing) => string.Join(",", thing["tags"]!.AsArray().Select(tag => (string)tag!)
        .Where(tag => !tag.StartsWith("lct:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
}
