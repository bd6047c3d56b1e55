using System.Text.Json.Nodes;
using LinodeEmulator.State;
using static LinodeEmulator.Endpoints.V3.Parameter;

namespace LinodeEmulator.Endpoints.V3;

/// <summary>The IPv4 addresses of Linodes.</summary>
internal static class LinodeIps
{
    // The ids of v4 are the addresses themselves as numbers, which are too large for clients that keep ids in 32 bits with a sign.
    private const long FirstPublic = (198L << 24) | (18L << 16);
    private const long FirstPrivate = (192L << 24) | (168L << 16) | (128L << 8);
    private const long PublicIds = 1_000_000;
    private const long PrivateIds = 2_000_000;

    public static void Map(ActionTable actions)
    {
        actions.Read("linode.ip.list", "Lists addresses", List, Num("LinodeID"), Num("IPAddressID"));
        actions.Write("linode.ip.addprivate", "Gives a Linode a private address", "NOTFOUND,VALIDATION", AddPrivate, Num("LinodeID").Required);
        actions.Write("linode.ip.addpublic", "Gives a Linode another public address", "NOTFOUND,VALIDATION", AddPublic, Num("LinodeID").Required);
        actions.Write(
            "linode.ip.setrdns",
            "Sets the name that an address leads to",
            "NOTFOUND,VALIDATION",
            SetRdns,
            Num("IPAddressID").Required,
            Str("Hostname").Required);
        actions.Write(
            "linode.ip.swap",
            "Exchanges two addresses, or moves one to another Linode",
            "NOTFOUND,VALIDATION",
            Swap,
            Num("IPAddressID").Required,
            Num("withIPAddressID"),
            Num("toLinodeID"));
    }

    private static long IdOf(Address row) => row.Public ? PublicIds + (row.Id - FirstPublic) : PrivateIds + (row.Id - FirstPrivate);

    private static IEnumerable<Address> OfLinodes(Cloud cloud) => cloud.Addresses.Rows.Where(row => row.LinodeId is not null);

    private static Address Find(V3Call call, string name) =>
        OfLinodes(call.Cloud).FirstOrDefault(row => IdOf(row) == call.Number(name)) ?? throw ApiV3Problem.NotFound;

    private static JsonArray List(V3Call call)
    {
        var wanted = call.Number("IPAddressID");
        var rows = call.Number("LinodeID") is null ? OfLinodes(call.Cloud) : call.Cloud.Addresses.OwnedBy(call.Linode().Id);
        return Loose.Rows(rows
            .OrderByDescending(row => row.Public)
            .Where(row => wanted is null || IdOf(row) == wanted)
            .Select(row => new JsonObject
            {
                ["IPADDRESSID"] = IdOf(row),
                ["LINODEID"] = row.LinodeId,
                ["IPADDRESS"] = row.Text,
                ["ISPUBLIC"] = Loose.Flag(row.Public),
                ["RDNS_NAME"] = row.Rdns ?? row.Text.Replace('.', '-') + ".ip.linodeusercontent.com",
            }));
    }

    private static JsonObject Answer(Address row) => new() { ["IPADDRESSID"] = IdOf(row), ["IPADDRESS"] = row.Text };

    private static JsonObject AddPrivate(V3Call call) => call.Linode() is var row && AddressWork.MayHavePrivate(call.Cloud, row)
        ? Answer(AddressWork.AddPrivate(call, row))
        : throw ApiV3Problem.Rule(AddressWork.HasPrivate);

    private static JsonObject AddPublic(V3Call call) =>
        call.Linode() is var row && call.Cloud.Addresses.OwnedBy(row.Id).Count(address => address.Public) < UnknownsV3.MostPublicAddresses
            ? Answer(AddressWork.AddPublic(call, row))
            : throw ApiV3Problem.Rule(Reasons.MoreAddresses);

    private static JsonObject SetRdns(V3Call call)
    {
        var row = Find(call, "IPAddressID");
        call.Newer("PUT", $"networking/ips/{row.Text}", new JsonObject { ["rdns"] = call.Text("Hostname") });
        return new JsonObject { ["HOSTNAME"] = call.Text("Hostname"), ["IPADDRESSID"] = IdOf(row), ["IPADDRESS"] = row.Text };
    }

    /// <summary>Within a datacenter. The address that was named comes first.</summary>
    private static JsonArray Swap(V3Call call)
    {
        var source = Find(call, "IPAddressID");
        if (call.Number("withIPAddressID") is null == call.Number("toLinodeID") is null)
        {
            throw ApiV3Problem.Rule("Either withIPAddressID or toLinodeID is needed");
        }

        if (call.Number("toLinodeID") is { } to)
        {
            var target = call.FindLinode(to) ?? throw ApiV3Problem.NotFound;
            Check(source.Region == target.Region);
            var there = call.Cloud.Addresses.OwnedBy(target.Id).FirstOrDefault(row => row.Id != source.Id);
            return Loose.Rows(there is null ? [Moved(call, source, target.Id)] : [Moved(call, source, target.Id), Placed(there)]);
        }

        var other = Find(call, "withIPAddressID");
        Check(source.Region == other.Region);
        return Loose.Rows([Moved(call, source, other.LinodeId), Moved(call, other, source.LinodeId)]);
    }

    private static void Check(bool isNear)
    {
        if (!isNear)
        {
            throw ApiV3Problem.Rule("Both Linodes must be in the same datacenter");
        }
    }

    private static JsonObject Moved(V3Call call, Address row, long? linodeId) => Placed(call.Cloud.Addresses.Put(row with { LinodeId = linodeId }));

    private static JsonObject Placed(Address row) => new() { ["LINODEID"] = row.LinodeId, ["IPADDRESS"] = row.Text, ["IPADDRESSID"] = IdOf(row) };
}
