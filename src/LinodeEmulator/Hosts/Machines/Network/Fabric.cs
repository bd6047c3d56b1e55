using System.Globalization;
using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Metadata;

namespace LinodeEmulator.Hosts.Machines.Network;

/// <summary>The network between the nodes: one namespace with a bridge for each region and VLAN. This machine's own network gets one link and one
/// route.</summary>
internal sealed class Fabric(Ground ground)
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, string> _bridges = [];

    /// <summary>The addresses at the two ends of the link: from a range that is set aside for documentation, so that this machine is an outsider to
    /// the nodes as a client on the internet would be.</summary>
    private string Outside => $"203.0.113.{(4 * ground.Number) + 1}";

    private string Inside => $"203.0.113.{(4 * ground.Number) + 2}";

    public async Task BuildAsync()
    {
        var space = ground.Namespace;
        await Tool.RunAsync("ip", ["-batch", "-"], $"""
            netns add {space}
            link add {space} type veth peer name out netns {space}
            addr add {Outside}/30 dev {space}
            link set {space} up

            """);
        Native.Within(Ground.PathOf(space), () => SetUp());
        await Tool.RunAsync("ip", ["-n", space, "-batch", "-"], $"""
            link set lo up
            addr add {MetadataService.Ipv4}/32 dev lo
            addr add {MetadataService.Ipv6}/128 dev lo nodad
            addr add {Inside}/30 dev out
            link set out up
            route add unreachable default
            route add unreachable ::/0

            """);
        await Tool.RunAsync("ip", ["route", "add", Slice(), "via", Inside, "dev", space]);
    }

    /// <summary>The bridge of a region or VLAN, made when it is first needed.</summary>
    public async Task<string> BridgeAsync(string region, string? vlan)
    {
        await _gate.WaitAsync();
        try
        {
            var key = $"{region}\n{vlan}";
            if (!_bridges.TryGetValue(key, out var name))
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{(vlan is null ? "net" : "vlan")}{_bridges.Count}");
                await Tool.RunAsync("ip", ["-n", ground.Namespace, "-batch", "-"], vlan is null ? RegionBridge(name) : VlanBridge(name));
                _bridges[key] = name;
            }

            return name;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static string VlanBridge(string name) => $"""
        link add {name} type bridge nf_call_iptables 0 nf_call_ip6tables 0
        link set {name} addrgenmode none
        link set {name} up

        """;

    /// <summary>Packets between nodes of a region pass the packet filter too. The gateway of IPv6 has the same address everywhere. The bridge
    /// keeps its hardware address: else it would take another when a port goes, and every node would send to the old one for a while.</summary>
    private static string RegionBridge(string name) => $"""
        link add {name} address 02:00:00:00:00:01 type bridge nf_call_iptables 1 nf_call_ip6tables 1
        link set {name} addrgenmode none
        addr add fe80::1/64 dev {name} nodad
        link set {name} up

        """;

    private static bool SetUp()
    {
        Set("net/ipv4/ip_forward", 1);
        Set("net/ipv6/conf/all/forwarding", 1);
        foreach (var scope in new[] { "all", "default" })
        {
            Set($"net/ipv4/conf/{scope}/rp_filter", 0);
            Set($"net/ipv4/conf/{scope}/send_redirects", 0);
        }

        // A node takes all of its public /24 to be on its link; the bridge answers for those of them that are elsewhere.
        Set("net/ipv4/conf/default/proxy_arp", 1);
        Set("net/bridge/bridge-nf-call-iptables", 0);
        Set("net/bridge/bridge-nf-call-ip6tables", 0);
        Set("net/bridge/bridge-nf-call-arptables", 0);
        return true;
    }

    private static void Set(string name, int value) => File.WriteAllText($"/proc/sys/{name}", value.ToString(CultureInfo.InvariantCulture));

    private string Slice()
    {
        var first = State.PublicNetworks.Slice(ground.Number).First;
        return $"{first >> 24}.{(first >> 16) & 255}.{(first >> 8) & 255}.0/20";
    }
}
