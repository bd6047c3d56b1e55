using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Clusters.Imports;

/// <summary>A state as Terraform's provider for Linode would have written it of what an account holds, passwords and all; made without it.</summary>
internal sealed class StateMaker
{
    /// <summary>What must never be seen outside the state.</summary>
    public const string Secret = "S3cret-that-terraform-kept!";

    private const string Provider = "provider[\"registry.terraform.io/linode/linode\"]";
    private readonly JsonArray resources = [];

    public string Lineage { get; init; } = "3f1c8f0e-6d1b-5b0e-9f55-0d2b7a3c1e77";

    public int Version { get; init; } = 4;

    /// <summary>Resource types with the ids by which Terraform imports them.</summary>
    public HashSet<string> Named { get; } = new(StringComparer.Ordinal);

    /// <summary>All there is: nodes of one group as one resource with a count, volumes by name, a balancer and a firewall in a module.</summary>
    /// <param name="list">Lists rows of the API, version 4, at a path.</param>
    /// <param name="groupOf">Name of the resource that a node is of.</param>
    public static async Task<StateMaker> OfAsync(Func<string, Task<IReadOnlyList<JsonNode>>> list, Func<string, string> groupOf)
    {
        var made = new StateMaker();
        var nodes = (await list("linode/instances")).OrderBy(row => (string)row["label"]!, StringComparer.Ordinal);
        foreach (var group in nodes.GroupBy(row => groupOf((string)row["label"]!)))
        {
            made.Add("linode_instance", group.Key, [.. group.Select(Instance)]);
        }

        foreach (var volume in await list("volumes"))
        {
            made.Add("linode_volume", Plain((string)volume["label"]!), [Part(volume, "label", "region", "size", "linode_id", "tags")], key: false);
        }

        foreach (var balancer in await list("nodebalancers"))
        {
            var (id, name) = ((long)balancer["id"]!, Plain((string)balancer["label"]!));
            made.Add("linode_nodebalancer", name, [Part(balancer, "label", "region", "ipv4", "tags")], "module.front", key: false);
            foreach (var config in await list($"nodebalancers/{id}/configs"))
            {
                var port = Part(config, "port", "protocol", "algorithm", "stickiness", "check");
                (port["nodebalancer_id"], port["ssl_key"]) = (id, Secret);
                made.Add(
                    "linode_nodebalancer_config", $"{name}_{config["port"]}", [port], "module.front", key: false, import: $"{id},{config["id"]}");
                foreach (var backend in await list($"nodebalancers/{id}/configs/{config["id"]}/nodes"))
                {
                    var one = Part(backend, "label", "address", "mode", "weight", "status");
                    (one["nodebalancer_id"], one["config_id"]) = (id, (long)config["id"]!);
                    made.Add(
                        "linode_nodebalancer_node", $"{name}_{Plain((string)backend["label"]!)}", [one], "module.front", key: false,
                        import: $"{id},{config["id"]},{backend["id"]}");
                }
            }
        }

        foreach (var firewall in await list("networking/firewalls"))
        {
            var devices = await list($"networking/firewalls/{firewall["id"]}/devices");
            var one = Part(firewall, "label", "tags", "status");
            one["disabled"] = (string)firewall["status"]! == "disabled";
            one["linodes"] = new JsonArray([.. devices.Select(device => JsonValue.Create((long)device["entity"]!["id"]!))]);
            made.Add("linode_firewall", Plain((string)firewall["label"]!), [one], key: false);
        }

        return made;
    }

    /// <summary>Adds a resource of several instances, or of one.</summary>
    public StateMaker Add(
        string type, string name, IReadOnlyList<JsonObject> instances, string? module = null, bool key = true, string provider = Provider,
        string? import = null, string mode = "managed", string? deposed = null)
    {
        var rows = instances.Select((attributes, at) =>
        {
            Named.Add($"{type} {import ?? attributes["id"]?.ToString()}");
            var row = new JsonObject
            {
                ["schema_version"] = 0, ["attributes"] = attributes,
                ["sensitive_attributes"] = new JsonArray(new JsonArray(new JsonObject { ["type"] = "get_attr", ["value"] = "root_pass" })),
                ["private"] = "bnVsbA==",
            };
            _ = key ? row["index_key"] = at : null;
            _ = deposed is null ? null : row["deposed"] = deposed;
            return (JsonNode)row;
        }).ToArray();
        var resource = new JsonObject
        {
            ["mode"] = mode, ["type"] = type, ["name"] = name, ["provider"] = provider, ["instances"] = new JsonArray(rows),
        };
        _ = module is null ? null : resource["module"] = module;
        resources.Add((JsonNode)resource);
        return this;
    }

    /// <summary>Attributes of something the account does not have.</summary>
    public static JsonObject Gone(long id, string label) =>
        new() { ["id"] = $"{id}", ["label"] = label, ["region"] = "us-east", ["tags"] = new JsonArray() };

    /// <summary>The whole file.</summary>
    public string Text() => new JsonObject
    {
        ["version"] = Version, ["terraform_version"] = "1.5.7", ["serial"] = 12, ["lineage"] = Lineage,
        ["outputs"] = new JsonObject { ["password"] = new JsonObject { ["value"] = Secret, ["type"] = "string", ["sensitive"] = true } },
        ["resources"] = resources.DeepClone(), ["check_results"] = null,
    }.ToJsonString(new() { WriteIndented = true });

    // As older versions of the provider wrote it: disks and boot configurations stand in blocks of their own.
    private static JsonObject Instance(JsonNode row)
    {
        var one = Part(row, "label", "region", "type", "image", "tags", "ipv4", "ipv6", "status", "watchdog_enabled", "group");
        var addresses = row["ipv4"]!.AsArray().Select(address => (string)address!).ToList();
        one["ip_address"] = addresses.FirstOrDefault(address => !address.StartsWith("192.168.", StringComparison.Ordinal));
        one["private_ip_address"] = addresses.FirstOrDefault(address => address.StartsWith("192.168.", StringComparison.Ordinal)) ?? "";
        one["private_ip"] = (string?)one["private_ip_address"] != "";
        (one["root_pass"], one["stackscript_data"]) = (Secret, new JsonObject { ["db_password"] = Secret });
        one["disk"] = new JsonArray(new JsonObject { ["label"] = "boot", ["size"] = 24000, ["root_pass"] = Secret, ["id"] = 1 });
        one["config"] = new JsonArray(new JsonObject { ["label"] = "boot", ["kernel"] = "linode/grub2", ["root_device"] = "/dev/sda" });
        return one;
    }

    private static JsonObject Part(JsonNode row, params string[] names)
    {
        var part = new JsonObject { ["id"] = row["id"]!.ToString() };
        foreach (var name in names)
        {
            part[name] = row[name]?.DeepClone();
        }

        return part;
    }

    private static string Plain(string label) => string.Concat(label.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
