using System.Net;
using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>Interfaces of the kind that belongs to a configuration profile: at most three, and their place in the list is their device.</summary>
internal static class InterfaceReader
{
    private const int Most = 3;

    public static IReadOnlyList<ConfigInterface> Read(BodyReader body)
    {
        var sent = body.Objects("interfaces") ?? [];
        if (sent.Count > Most)
        {
            body.Fail("interfaces", $"At most {Most} interfaces");
        }

        return [.. sent.Select(one => ReadOne(one))];
    }

    /// <summary>With ids, once the request is sure to be carried out.</summary>
    public static IReadOnlyList<ConfigInterface> Numbered(IReadOnlyList<ConfigInterface> read, Cloud cloud) =>
        [.. read.Select(one => one with { Id = cloud.Counters.Next("interface") })];

    private static ConfigInterface ReadOne(BodyReader body)
    {
        var purpose = body.OneOf("purpose", "public", "vlan", "vpc") ?? "public";
        if (purpose == "vpc")
        {
            throw ApiProblem.NotEmulated("An interface of purpose vpc");
        }

        var label = body.Text("label", 0, 64) ?? "";
        var address = body.Text("ipam_address") ?? "";
        var primary = body.Flag("primary") == true;
        if (purpose == "vlan" && label.Length == 0)
        {
            body.Fail("label", "label is required");
        }

        if (purpose == "vlan" && primary)
        {
            body.Fail("primary", "A VLAN cannot be the primary interface");
        }

        if (address.Length > 0 && !IPNetworkOf(address))
        {
            body.Fail("ipam_address", "Must be an address with its prefix length, such as 10.0.0.1/24");
        }

        body.NotEmulated("subnet_id", "ipv4", "ip_ranges");
        body.Ignore("id", "active", "vpc_id");
        body.Complete();
        return new ConfigInterface(0, purpose, label, address, primary);
    }

    private static bool IPNetworkOf(string text) =>
        text.Split('/') is [var address, var prefix]
            && IPAddress.TryParse(address, out _) && int.TryParse(prefix, out var bits) && bits is > 0 and <= 32;
}
