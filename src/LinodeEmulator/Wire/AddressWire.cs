using LinodeEmulator.State;

namespace LinodeEmulator.Wire;

internal sealed record AddressWire(
    string Address, string? Gateway, string? SubnetMask, int Prefix, string Type, bool Public, string? Rdns, long? LinodeId, string Region,
    string? VpcNat11, long? InterfaceId,
    bool Reserved, EntityWire? AssignedEntity)
{
    [System.Text.Json.Serialization.JsonPropertyName("vpc_nat_1_1")]
    public string? VpcNat11 { get; init; } = VpcNat11;

    public static AddressWire Of(Address row, Cloud cloud) => new(
        row.Text,
        row.Public ? Network(row.Text) + ".1" : null,
        row.Public ? "255.255.255.0" : "255.255.128.0",
        row.Public ? 24 : 17,
        "ipv4",
        row.Public,
        row.Rdns ?? (row.Public ? row.Text.Replace('.', '-') + ".ip.linodeusercontent.com" : null),
        row.LinodeId,
        row.Region,
        null,
        null,
        false,
        EntityWire.Of(Holder(row, cloud)));

    private static Entity? Holder(Address row, Cloud cloud) => row switch
    {
        { LinodeId: { } id } => Entities.Of(cloud.Instances.Get(id)),
        { NodeBalancerId: { } id } => Entities.Of(cloud.Balancers.Get(id)),
        _ => null,
    };

    private static string Network(string address) => address[..address.LastIndexOf('.')];
}

internal sealed record Ipv6Wire(
    string Address, string Gateway, string SubnetMask, int Prefix, string Type, bool Public, string? Rdns, long LinodeId, string Region)
{
    public static Ipv6Wire Slaac(Instance row) => new(row.Ipv6, "fe80::1", "ffff:ffff:ffff:ffff::", 64, "ipv6", true, null, row.Id, row.Region);

    public static Ipv6Wire LinkLocal(Instance row) =>
        new(
            $"fe80::{row.Ipv6[(row.Ipv6.IndexOf("::", StringComparison.Ordinal) + 2)..]}",
            "fe80::1",
            "ffff:ffff:ffff:ffff::",
            64,
            "ipv6",
            false,
            null,
            row.Id,
            row.Region);
}

internal sealed record InstanceIpv4Wire(
    IReadOnlyList<AddressWire> Public, IReadOnlyList<AddressWire> Private, IReadOnlyList<AddressWire> Shared, IReadOnlyList<AddressWire> Reserved,
    IReadOnlyList<AddressWire> Vpc);

internal sealed record InstanceIpv6Wire(Ipv6Wire Slaac, Ipv6Wire LinkLocal, IReadOnlyList<Ipv6Wire> Global, IReadOnlyList<Ipv6Wire> Vpc);

internal sealed record InstanceAddressesWire(InstanceIpv4Wire Ipv4, InstanceIpv6Wire Ipv6)
{
    public static InstanceAddressesWire Of(Instance row, Cloud cloud)
    {
        var all = cloud.Addresses.OwnedBy(row.Id).Select(address => AddressWire.Of(address, cloud)).ToLookup(address => address.Public);
        return new InstanceAddressesWire(
            new InstanceIpv4Wire([.. all[true]], [.. all[false]], [], [], []),
            new InstanceIpv6Wire(Ipv6Wire.Slaac(row), Ipv6Wire.LinkLocal(row), [], []));
    }
}
