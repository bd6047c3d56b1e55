using System.Text.Json;
using LinodeClusterToolkit.Tests.EndToEnd;

namespace Properties.Tests;

/// <summary>What else is in the account and nobody's business: as it was before the run it has to be after it, byte for byte.</summary>
internal static class Strangers
{
    private const string Debian = """ "image": "linode/debian12", "root_pass": "a-Password-4-tests!" """;
    private const string OtherOwner = "lct:00000000-0000-7000-8000-000000000000";

    // By name and tag they are as near to what the plan names as those of another can be.
    private static readonly (string Path, string Json)[] Made =
    [
        ("linode/instances", $$"""
            { "label": "ha-wordpress-us-east-webservers-21", "region": "us-east", "type": "g6-nanode-1", "tags": ["webserver"], {{Debian}} }
            """),
        ("linode/instances", $$"""
            { "label": "other", "region": "us-east", "type": "g6-standard-1", "private_ip": true, "tags": ["{{OtherOwner}}"], {{Debian}} }
            """),
        ("volumes", """{ "label": "other-data", "region": "us-east", "size": 20 }"""),
        ("networking/firewalls", """{ "label": "other", "rules": { "inbound_policy": "DROP", "outbound_policy": "ACCEPT" } }"""),
        ("nodebalancers", """
            { "label": "other", "region": "us-east", "configs": [{ "port": 80, "nodes": [{ "label": "one", "address": "PRIVATE:80" }] }] }
            """),
    ];

    /// <summary>The tables whose rows are things; the others are work, events and counters.</summary>
    private static readonly string[] Things =
    [
        "instances", "disks", "configs", "addresses", "volumes", "nodebalancers", "nodebalancer_configs", "nodebalancer_nodes", "firewalls",
        "firewall_devices", "stackscripts",
    ];

    /// <summary>Makes them, and lets pass the time that they take.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> MakeAsync(World world)
    {
        var address = "";
        foreach (var (path, json) in Made)
        {
            var made = await world.BehindItsBackAsync(HttpMethod.Post, path, json.Replace("PRIVATE", address, StringComparison.Ordinal));
            if (made.TryGetProperty("ipv4", out var addresses) && addresses.ValueKind == JsonValueKind.Array)
            {
                address = addresses.EnumerateArray().Last().GetString();
            }
        }

        await world.PassAsync(TimeSpan.FromMinutes(5));
        await world.CountsAsync("linodes");
        return All(world);
    }

    /// <summary>What has become of them.</summary>
    public static IEnumerable<string> Touched(World world, IReadOnlyDictionary<string, string> before)
    {
        var now = All(world);
        return from one in before
               let after = now.GetValueOrDefault(one.Key)
               where after != one.Value
               select $"not ours, yet touched: {one.Key} was {one.Value}, is {after ?? "gone"}";
    }

    private static Dictionary<string, string> All(World world) => world.Cloud.Core.Ask(cloud => (
        from table in cloud.Tables
        where Things.Contains(table.Name)
        from row in table.Everything()
        select KeyValuePair.Create($"{table.Name} {row.Id}", row.Json!)).ToDictionary());
}
