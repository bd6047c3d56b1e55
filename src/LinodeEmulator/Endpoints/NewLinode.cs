using LinodeEmulator.State;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints;

/// <summary>A Linode as each has to begin, with its first public address.</summary>
internal static class NewLinode
{
    public static Instance Put(CloudCall call, RegionWire region, TypeWire type, string? label, Func<Instance, Instance>? with = null)
    {
        var cloud = call.Cloud;
        var id = cloud.Counters.Next("linode");
        var bare = new Instance(id, label ?? DefaultLabel(id), region.Id, type.Id, call.Now, type.Specs)
        {
            Ipv6 = Addresses.Ipv6(id, region.Id),
            HostUuid = HostUuid(id),
            Alerts = new Alerts(90 * type.Vcpus, 10, 10, 80, 10_000),
            BackupsEnabled = cloud.Account.BackupsEnabled,
            Encrypted = region.Offers("Disk Encryption"),
        };
        var row = cloud.Instances.Put(with?.Invoke(bare) ?? bare);
        cloud.Addresses.Put(cloud.Pool.NextPublic(region.Id) with { LinodeId = id });
        return row;
    }

    public static string DefaultLabel(long id) => $"linode{id}";

    private static string HostUuid(long id) =>
        $"{(ulong)(Chance.Draw(id, "host", "first half") * long.MaxValue):x16}{(ulong)(Chance.Draw(id, "host", "second half") * long.MaxValue):x16}";
}
