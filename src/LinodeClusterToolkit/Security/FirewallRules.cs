namespace LinodeClusterToolkit.Security;

/// <summary>Rules of a Cloud Firewall as data.</summary>
/// <param name="Inbound">Accept rules for what comes in, first match wins.</param>
/// <param name="InboundPolicy">ACCEPT or DROP for the rest.</param>
/// <param name="Outbound">Rules for what goes out.</param>
/// <param name="OutboundPolicy">ACCEPT or DROP for the rest.</param>
public sealed record FirewallRules(
    IReadOnlyList<FirewallRule> Inbound, string InboundPolicy, IReadOnlyList<FirewallRule> Outbound, string OutboundPolicy)
{
    /// <summary>What every cluster starts with: nothing comes in but SSH, from these networks.</summary>
    /// <remarks>Outgoing stays open at this layer: the node itself closes that side.</remarks>
    public static FirewallRules OnlySsh(IEnumerable<string> networks)
    {
        var both = networks.ToLookup(network => network.Contains(':'));
        return new([new("ssh", "ACCEPT", "TCP", "22", [.. both[false]], [.. both[true]])], "DROP", [], "ACCEPT");
    }
}

/// <summary>One rule of a Cloud Firewall.</summary>
/// <param name="Label">3 to 32 characters.</param>
/// <param name="Action">ACCEPT or DROP.</param>
/// <param name="Protocol">TCP, UDP, ICMP or IPENCAP.</param>
/// <param name="Ports">Ports such as <c>22</c> or <c>80, 8000-8100</c>; null for all, and for protocols without ports.</param>
/// <param name="Ipv4">IPv4 networks.</param>
/// <param name="Ipv6">IPv6 networks.</param>
public sealed record FirewallRule(
    string Label, string Action, string Protocol, string? Ports, IReadOnlyList<string> Ipv4, IReadOnlyList<string> Ipv6);
