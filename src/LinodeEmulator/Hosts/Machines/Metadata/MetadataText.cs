using System.Text;
using System.Text.Json.Nodes;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Metadata;

/// <summary>What the metadata service tells a Linode of itself.</summary>
internal static class MetadataText
{
    /// <summary>The documents by their paths; null for one that there is not.</summary>
    public static JsonObject? Of(Cloud cloud, Instance row, string path) => path switch
    {
        "instance" => InstanceOf(cloud, row),
        "network" => NetworkOf(cloud, row),
        "ssh-keys" => new JsonObject
        {
            ["users"] = new JsonObject { ["root"] = new JsonArray([.. KeysOf(cloud, row).Select(key => (JsonNode)key)]) },
        },
        _ => null,
    };

    /// <summary>The same as lines of <c>name: value</c>, names of nested values joined by points, a line for each item of a list.</summary>
    public static string Lines(JsonObject document)
    {
        var text = new StringBuilder();
        Append(text, "", document);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject inner:
                foreach (var (key, item) in inner)
                {
                    Append(text, name.Length == 0 ? key : $"{name}.{key}", item);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Append(text, name, item);
                }

                break;
            default:
                text.Append(name).Append(": ").Append(value?.ToString() ?? "").Append('\n');
                break;
        }
    }

    private static JsonObject InstanceOf(Cloud cloud, Instance row) => new()
    {
        ["id"] = row.Id,
        ["label"] = row.Label,
        ["region"] = row.Region,
        ["type"] = row.Type,
        ["host_uuid"] = row.HostUuid,
        ["tags"] = new JsonArray([.. row.Tags.Select(tag => (JsonNode)tag)]),
        ["specs"] = new JsonObject
        {
            ["vcpus"] = row.Specs.Vcpus, ["memory"] = row.Specs.Memory, ["gpus"] = row.Specs.Gpus, ["transfer"] = row.Specs.Transfer,
            ["disk"] = row.Specs.Disk,
        },
        ["backups"] = new JsonObject { ["enabled"] = row.BackupsEnabled, ["status"] = null },
        ["image"] = row.Image is { } slug
            ? new JsonObject
            {
                ["id"] = slug,
                ["label"] = cloud.Catalogue.Images.GetValueOrDefault(slug)?.Label ?? cloud.Images.FindByKey(slug)?.Label,
            }
            : null,
    };

    private static JsonObject NetworkOf(Cloud cloud, Instance row)
    {
        var addresses = cloud.Addresses.OwnedBy(row.Id).ToLookup(address => address.Public, address => (JsonNode)$"{address.Text}/32");
        var interfaces = row.BootedConfig is { } booted ? cloud.Configs.Find(booted)?.Interfaces ?? [] : [];
        return new JsonObject
        {
            ["interfaces"] = new JsonArray([.. interfaces.Select(one => (JsonNode)new JsonObject
            {
                ["label"] = one.Label, ["purpose"] = one.Purpose, ["ipam_address"] = one.IpamAddress,
            })]),
            ["ipv4"] = new JsonObject
            {
                ["public"] = new JsonArray([.. addresses[true]]), ["private"] = new JsonArray([.. addresses[false]]), ["shared"] = new JsonArray(),
            },
            ["ipv6"] = new JsonObject
            {
                ["slaac"] = $"{row.Ipv6}/128",
                ["link_local"] = $"{Wire.Ipv6Wire.LinkLocal(row).Address}/128",
                ["ranges"] = new JsonArray(),
                ["shared_ranges"] = new JsonArray(),
            },
        };
    }

    private static IEnumerable<string> KeysOf(Cloud cloud, Instance row) =>
        cloud.Disks.OwnedBy(row.Id).SelectMany(disk => cloud.Setups.Find(disk.Id)?.AuthorizedKeys ?? []);
}
