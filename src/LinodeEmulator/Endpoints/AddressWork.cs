using LinodeEmulator.State;

namespace LinodeEmulator.Endpoints;

/// <summary>One private address per Linode, at once.</summary>
internal static class AddressWork
{
    public const string HasPrivate = "The Linode has a private address already";

    public static bool MayHavePrivate(Cloud cloud, Instance row) => cloud.Addresses.OwnedBy(row.Id).All(address => address.Public);

    public static Address AddPrivate(CloudCall call, Instance row) => Add(call, row, call.Cloud.Pool.NextPrivate(row.Region));

    public static Address AddPublic(CloudCall call, Instance row) => Add(call, row, call.Cloud.Pool.NextPublic(row.Region));

    private static Address Add(CloudCall call, Instance row, Address address)
    {
        call.Cloud.Events.Notify("linode_addip", Entities.Of(row), call.Now, call.User);
        return call.Cloud.Addresses.Put(address with { LinodeId = row.Id });
    }
}
