using LinodeEmulator.Http;
using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

internal static class Ips
{
    private static readonly Filterable<Address> Fields = new Filterable<Address>()
        .Text("address", row => row.Text)
        .Text("region", row => row.Region)
        .Text("type", _ => "ipv4")
        .Number("prefix", row => row.Public ? 24 : 17)
        .Flag("reserved", _ => false)
        .Number("linode_id", row => row.LinodeId)
        .Text("rdns", row => row.Rdns);

    public static void Map(RouteTable routes)
    {
        routes.Get(
            "linode/instances/{linodeId}/ips",
            "linodes:read_only",
            call => Reply.Json(InstanceAddressesWire.Of(call.Linode(), call.Cloud), V4Json.Default.InstanceAddressesWire));
        routes.Post("linode/instances/{linodeId}/ips", "linodes:read_write", Allocate);
        routes.Get("linode/instances/{linodeId}/ips/{address}", "linodes:read_only", call => Show(call, OwnAddress(call)));
        routes.Put("linode/instances/{linodeId}/ips/{address}", "linodes:read_write", call => SetRdns(call, OwnAddress(call)));
        routes.Delete("linode/instances/{linodeId}/ips/{address}", "linodes:read_write", Delete);
        routes.List(
            "networking/ips",
            "ips:read_only",
            call => call.Page(call.Cloud.Addresses, Fields, row => AddressWire.Of(row, call.Cloud), V4Json.Default.PageAddressWire));
        routes.NotEmulated("ips:read_write", "networking/ips", "POST");
        routes.NotEmulated("ips:read_write", "networking/ips/assign", "POST");
        routes.NotEmulated("ips:read_write", "networking/ips/share", "POST");
        routes.Get("networking/ips/{address}", "ips:read_only", call => Show(call, AnyAddress(call)));
        routes.Put("networking/ips/{address}", "ips:read_write", call => SetRdns(call, AnyAddress(call)));
    }

    private static EmulatorResponse Show(ApiCall call, Address row) => Reply.Json(AddressWire.Of(row, call.Cloud), V4Json.Default.AddressWire);

    private static Address AnyAddress(ApiCall call) => call.Cloud.Addresses.FindByKey(call.Slug("address")) ?? throw ApiProblem.NotFound;

    private static Address OwnAddress(ApiCall call) => call.Linode() is var linode && AnyAddress(call) is var address && address.LinodeId == linode.Id
        ? address
        : throw ApiProblem.NotFound;

    /// <summary>One private address per Linode, at once. More public ones are a matter for support.</summary>
    private static EmulatorResponse Allocate(ApiCall call)
    {
        var (linode, body) = (call.Linode(), call.Body);
        body.RequiredText("type");
        body.OneOf("type", "ipv4");
        if (!body.Holds("public"))
        {
            body.Fail("public", "public is required");
        }

        var isPublic = body.Flag("public") == true;
        body.NotEmulated("address");
        body.Done();
        if (isPublic)
        {
            throw ApiProblem.Refused(Reasons.MoreAddresses);
        }

        return AddressWork.MayHavePrivate(call.Cloud, linode)
            ? Show(call, AddressWork.AddPrivate(call, linode))
            : throw ApiProblem.Refused(AddressWork.HasPrivate);
    }

    private static EmulatorResponse Delete(ApiCall call)
    {
        var (linode, row) = (call.Linode(), OwnAddress(call));
        if (row.Public && call.Cloud.Addresses.OwnedBy(linode.Id).Count(address => address.Public) == 1)
        {
            throw ApiProblem.Refused("The last public address of a Linode cannot be removed");
        }

        call.Cloud.Addresses.Remove(row.Id);
        call.Cloud.Events.Notify("linode_deleteip", Entities.Of(linode), call.Now, call.User);
        return Reply.Empty;
    }

    /// <summary>The platform looks the name up and wants it to lead back here. There is no look-up on this machine, so the form alone is
    /// checked.</summary>
    private static EmulatorResponse SetRdns(ApiCall call, Address row)
    {
        if (!call.Body.Has("rdns"))
        {
            call.Body.Fail("rdns", "rdns is required");
        }

        var name = call.Body.Text("rdns");
        if (name is not null && (Uri.CheckHostName(name) != UriHostNameType.Dns || !name.Contains('.')))
        {
            call.Body.Fail("rdns", Reasons.RdnsNotValid);
        }

        call.Body.Ignore("reserved");
        call.Body.Done();
        return Show(call, call.Cloud.Addresses.Put(row with { Rdns = name }));
    }
}
