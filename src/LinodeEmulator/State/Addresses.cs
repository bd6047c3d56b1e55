using System.Globalization;
using System.Net;

namespace LinodeEmulator.State;

/// <summary>Which /24 networks public addresses come from: all of 198.18.0.0/15, or a slice of it where several emulators share a machine.</summary>
internal sealed record PublicNetworks(uint First, int Count)
{
    private const uint Base = (198u << 24) | (18u << 16);

    public static PublicNetworks All { get; } = new(Base, 512);

    /// <summary>One of 32 slices, each a /20 whose last network is for those who belong to nobody. The first slice begins where <see cref="All"/>
    /// does.</summary>
    public static PublicNetworks Slice(int number) => new(Base + ((uint)number << 12), 15);
}

/// <summary>Hands out addresses. Public ones come from 198.18.0.0/15, which is set aside for tests and routed nowhere; an address that was given back
/// is not given out again before all others were.</summary>
internal sealed class Addresses(Table<Address> table, Counters counters, PublicNetworks networks)
{
    private const int HostsPerNetwork = 253;
    private const uint PrivateBase = (192u << 24) | (168u << 16) | (128u << 8);
    private const int PrivateNetworks = 127;

    public Address NextPublic(string region) => Next("public_address", networks.First, networks.Count, region, isPublic: true);

    public Address NextPrivate(string region) => Next("private_address", PrivateBase + 256, PrivateNetworks, region, isPublic: false);

    public static string Ipv6(long number, string region) => string.Create(
        CultureInfo.InvariantCulture,
        $"2001:db8:{Network(region):x}::f03c:{(number >> 32) & 0xffff:x}:{(number >> 16) & 0xffff:x}:{number & 0xffff:x}");

    public static int Network(string region) => 1 + (int)(Chance.Draw(0, region, "network") * 0xfffe);

    /// <summary>The first two of each /24 are its name and its gateway, the last is for broadcasts.</summary>
    private Address Next(string counter, uint first, int networks, string region, bool isPublic)
    {
        var count = networks * HostsPerNetwork;
        for (var tried = 0; tried < count; tried++)
        {
            var index = (uint)(counters.Next(counter) % count);
            var value = first + (index / HostsPerNetwork << 8) + (index % HostsPerNetwork) + 2;
            if (table.Find(value) is null)
            {
                return new Address(
                    value, new IPAddress([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]).ToString(), isPublic, region);
            }
        }

        throw new InvalidOperationException($"all {count} addresses of the range are in use");
    }
}
