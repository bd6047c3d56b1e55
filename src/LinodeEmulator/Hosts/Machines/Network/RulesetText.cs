using System.Globalization;
using System.Text;
using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Hosts.Machines.Network;

/// <summary>The whole packet filter as one nft transaction: Cloud Firewalls by address, and at each port only what its node may send. Text in, text
/// out: what is in force is always the whole of one such text, never a piece of it.</summary>
internal static class RulesetText
{
    // What belongs to a conversation that was let through passes. IPv6 cannot do without neighbour discovery. Broadcasts and multicasts go to no
    // address that a firewall stands before, so they would go past it; the platform does not carry them either.
    private const string Checks = """
          chain checks {
            icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, nd-router-advert } accept
            ct state established,related accept
            ip daddr 224.0.0.0/3 drop
            ip6 daddr ff00::/8 drop
            ip saddr vmap @from4
            ip6 saddr vmap @from6
            ip daddr vmap @to4
            ip6 daddr vmap @to6
          }

        """;

    // Adding what may be there already lets it be deleted without a question.
    private const string Afresh = """
        add table inet cloud
        delete table inet cloud
        add table bridge ports
        delete table bridge ports
        table inet cloud {

        """;

    public static string Of(IReadOnlyList<Guard> guards)
    {
        var text = new StringBuilder(Afresh);
        var walled = guards.Where(guard => guard.Rules is not null).ToList();
        foreach (var guard in walled)
        {
            Chain(text, $"out{guard.Id}", RuleText.Lines(guard.Rules!.Outbound, guard.Rules.OutboundPolicy, "daddr"));
            Chain(text, $"in{guard.Id}", RuleText.Lines(guard.Rules.Inbound, guard.Rules.InboundPolicy, "saddr"));
        }

        Map(text, "from4", "ipv4_addr", walled.SelectMany(guard => guard.V4.Select(address => (address, $"out{guard.Id}"))));
        Map(text, "from6", "ipv6_addr", walled.SelectMany(guard => guard.V6.Select(address => (address, $"out{guard.Id}"))));
        Map(text, "to4", "ipv4_addr", walled.SelectMany(guard => guard.V4.Select(address => (address, $"in{guard.Id}"))));
        Map(text, "to6", "ipv6_addr", walled.SelectMany(guard => guard.V6.Select(address => (address, $"in{guard.Id}"))));
        text.Append(Checks);
        foreach (var hook in new[] { "forward", "input", "output" })
        {
            Chain(text, hook, [$"type filter hook {hook} priority 0; policy accept;", "jump checks"]);
        }

        text.Append("}\ntable bridge ports {\n");
        foreach (var guard in guards)
        {
            Chain(text, $"port{guard.Id}", PortLines(guard));
        }

        Map(text, "ports", "ifname", guards.SelectMany(guard => guard.Ports.Select(port => ($"\"{port}\"", $"port{guard.Id}"))));
        Chain(text, "enter", ["type filter hook prerouting priority -300; policy accept;", "iifname vmap @ports"]);
        return text.Append("}\n").ToString();
    }

    /// <summary>A node speaks for its own addresses only.</summary>
    private static IEnumerable<string> PortLines(Guard guard)
    {
        var (v4, v6) = (string.Join(", ", guard.V4), string.Join(", ", guard.V6.Concat(guard.LinkLocals).Append("::")));
        if (v4.Length > 0)
        {
            yield return $"ip saddr {{ {v4} }} accept";
            yield return $"arp saddr ip {{ {v4}, 0.0.0.0 }} accept";
        }

        yield return $"ip6 saddr {{ {v6} }} accept";
        yield return "drop";
    }

    private static void Chain(StringBuilder text, string name, IEnumerable<string> lines)
    {
        text.Append(CultureInfo.InvariantCulture, $"  chain {name} {{\n");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {line}\n");
        }

        text.Append("  }\n");
    }

    private static void Map(StringBuilder text, string name, string type, IEnumerable<(string Key, string Chain)> entries)
    {
        var elements = string.Join(", ", entries.Select(entry => $"{entry.Key} : jump {entry.Chain}"));
        text.Append(CultureInfo.InvariantCulture, $"  map {name} {{\n    type {type} : verdict\n");
        text.Append(elements.Length == 0 ? "" : $"    elements = {{ {elements} }}\n").Append("  }\n");
    }
}
