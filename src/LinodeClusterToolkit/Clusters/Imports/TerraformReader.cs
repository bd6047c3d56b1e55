using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>Reads a Terraform state of version 4.</summary>
/// <remarks>
/// The file holds passwords and keys in the clear. What is read of a resource is in the lists below, less what the state itself calls sensitive;
/// messages name places in it, never what stands there.
/// </remarks>
internal static class TerraformReader
{
    // Shape: { "version": 4, "lineage": "…", "resources": [ { "module"?, "mode", "type", "name", "provider", "instances":
    // [ { "index_key"?, "deposed"?, "attributes": { … }, "sensitive_attributes"?: [ [ { "type": "get_attr", "value": "root_pass" } ] ] } ] } ] }
    private static readonly FrozenDictionary<string, string[]> Read = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["linode_instance"] = ["id", "label", "region", "type", "image", "ip_address", "private_ip_address", "ipv6", "tags"],
        ["linode_volume"] = ["id", "label", "region", "size", "linode_id", "tags"],
        ["linode_nodebalancer"] = ["id", "label", "region", "ipv4", "tags"],
        ["linode_nodebalancer_config"] = ["id", "nodebalancer_id", "port", "protocol"],
        ["linode_nodebalancer_node"] = ["id", "nodebalancer_id", "config_id", "label", "address"],
        ["linode_firewall"] = ["id", "label", "disabled", "tags", "linodes"],
        ["linode_firewall_device"] = ["id", "firewall_id", "entity_id", "entity_type"],
    }.ToFrozenDictionary();

    // Parts of a node or volume, which come and go with it.
    private static readonly FrozenSet<string> Parts = FrozenSet.Create(
        StringComparer.Ordinal, "linode_instance_disk", "linode_instance_config", "linode_instance_ip", "linode_rdns", "linode_ipv6_range");

    private const string NotTaken = "of Linode, and not a thing that a cluster has here";
    private const string Script = "StackScripts have no tags, and may serve others";
    private const string Part = "part of a node, which is taken up as a whole";
    private const string Deposed = "Terraform is about to delete it";
    private const string NoId = "it has no id yet";

    public static TerraformState From(TerraformSource source)
    {
        try
        {
            using var document = JsonDocument.Parse(source.Text, new JsonDocumentOptions { MaxDepth = 256 });
            return Of(source.Name, document.RootElement);
        }
        catch (JsonException wrong)
        {
            // Its own words may hold what stands there.
            throw new LinodeToolkitException(ImportProblems.NotAState(
                source.Name, string.Create(CultureInfo.InvariantCulture, $"it is no JSON from line {(wrong.LineNumber ?? 0) + 1} on")));
        }
    }

    private static TerraformState Of(string name, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("version", out var version))
        {
            var shown = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format_version", out _);
            var sealedUp = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("encrypted_data", out _);
            throw new LinodeToolkitException(ImportProblems.NotAState(
                name, shown ? "it is what terraform show prints" : sealedUp ? "it is encrypted" : "it does not say which version it has"));
        }

        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 4)
        {
            throw new LinodeToolkitException(ImportProblems.OtherVersion(
                name, version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var other) ? $"{other}" : "that is no number"));
        }

        var (things, bystanders) = (new List<StateThing>(), new List<ImportBystander>());
        foreach (var resource in Items(root, "resources").Where(resource => Text(resource, "mode") is null or "managed"))
        {
            var (type, provider) = (Text(resource, "type") ?? "", ProviderOf(Text(resource, "provider")));
            foreach (var instance in Items(resource, "instances").Where(instance => instance.ValueKind == JsonValueKind.Object))
            {
                var thing = ThingOf(resource, type, instance);
                if (WhyNot(type, provider, instance, thing) is { } why)
                {
                    bystanders.Add(new(thing.Address, why));
                }
                else
                {
                    things.Add(thing);
                }
            }
        }

        return new(Text(root, "lineage") ?? "", things, bystanders);
    }

    private static string? WhyNot(string type, string? provider, JsonElement instance, StateThing thing) =>
        provider is not (null or "linode/linode" or "linode") || !type.StartsWith("linode_", StringComparison.Ordinal)
            ? $"of the provider {provider ?? type.Split('_')[0]}"
        : type == "linode_stackscript" ? Script
        : Parts.Contains(type) ? Part
        : !Read.ContainsKey(type) ? NotTaken
        : Text(instance, "deposed") is not null ? Deposed
        : thing.Id is null ? NoId : null;

    private static StateThing ThingOf(JsonElement resource, string type, JsonElement instance)
    {
        var (module, name) = (Text(resource, "module"), Text(resource, "name") ?? "");
        instance.TryGetProperty("index_key", out var key);
        var index = key.ValueKind switch
        {
            JsonValueKind.Number => $"[{key.GetRawText()}]",
            JsonValueKind.String => $"[\"{key.GetString()}\"]",
            _ => "",
        };
        int? number = key.ValueKind == JsonValueKind.Number && key.TryGetInt32(out var at) && at is >= 0 and < int.MaxValue ? at + 1 : null;
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        var lists = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (instance.TryGetProperty("attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object)
        {
            var hidden = SensitiveIn(instance);
            foreach (var wanted in Read.GetValueOrDefault(type, []).Where(wanted => !hidden.Contains(wanted)))
            {
                Keep(attributes, wanted, facts, lists);
            }
        }

        return new(type, $"{(module is null ? "" : $"{module}.")}{type}.{name}{index}", Places.GroupOf(module, name), number, facts, lists);
    }

    private static void Keep(
        JsonElement attributes, string name, Dictionary<string, string> facts, Dictionary<string, IReadOnlyList<string>> lists)
    {
        if (!attributes.TryGetProperty(name, out var value))
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            lists[name] = [.. value.EnumerateArray().Select(Plain).OfType<string>()];
        }
        else if (Plain(value) is { } text)
        {
            facts[name] = text;
        }
    }

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    // Paths into the attributes, each a list of steps; what lies below a name is as sensitive as the path says, so all of that name is left unread.
    private static HashSet<string> SensitiveIn(JsonElement instance) =>
    [
        .. Items(instance, "sensitive_attributes")
            .Select(path => path.ValueKind == JsonValueKind.Array ? path.EnumerateArray().FirstOrDefault() : path)
            .Select(step => Text(step, "value")).OfType<string>(),
    ];

    // provider["registry.terraform.io/linode/linode"], with .alias after it and a module before it; provider.linode in states of 0.12.
    private static string? ProviderOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var (open, close) = (text.IndexOf("[\"", StringComparison.Ordinal), text.LastIndexOf("\"]", StringComparison.Ordinal));
        return open >= 0 && close > open
            ? string.Join('/', text[(open + 2)..close].Split('/').TakeLast(2))
            : text.Split("provider.").Last().Split('.')[0];
    }

    private static IEnumerable<JsonElement> Items(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray() : [];

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString() : null;
}
