using System.Globalization;
using System.Net;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Network;

/// <summary>The rules of a Cloud Firewall, one way, as lines of nft. The first that fits decides; what is let through goes back to the caller, since
/// the firewall of the other end has a say too.</summary>
internal static class RuleText
{
    /// <param name="rules">The rules.</param>
    /// <param name="policy">What becomes of the rest.</param>
    /// <param name="side">The other end: <c>saddr</c> or <c>daddr</c>.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<FirewallRule>? rules, string policy, string side) =>
        (rules ?? []).SelectMany(rule => Lines(rule, side)).Append(Verdict(policy));

    private static IEnumerable<string> Lines(FirewallRule rule, string side)
    {
        var (verdict, ports) = (Verdict(rule.Action), Ports(rule));
        if (Match(rule.Ipv4, "ip", side) is { } v4)
        {
            yield return $"{v4} {Protocol(rule, "icmp")}{ports} {verdict}";
        }

        if (Match(rule.Ipv6, "ip6", side) is { } v6)
        {
            yield return $"{v6} {Protocol(rule, "ipv6-icmp")}{ports} {verdict}";
        }
    }

    private static string Verdict(string action) => action == "ACCEPT" ? "return" : "drop";

    private static string Protocol(FirewallRule rule, string icmp) => rule.Protocol switch
    {
        "TCP" => "meta l4proto tcp",
        "UDP" => "meta l4proto udp",
        "ICMP" => $"meta l4proto {icmp}",
        _ => "meta l4proto 4",
    };

    /// <summary>A rule that names no address of a family says nothing about that family.</summary>
    private static string? Match(IReadOnlyList<string>? networks, string family, string side)
    {
        var all = (networks ?? []).Select(Parse).Distinct().ToList();
        if (all.Count == 0)
        {
            return null;
        }

        // A set may not hold overlapping networks; two networks overlap only when one holds the other.
        var widest = all.Where(one => !all.Any(other => other.PrefixLength < one.PrefixLength && other.Contains(one.BaseAddress))).ToList();
        return widest.Any(one => one.PrefixLength == 0)
            ? $"meta nfproto {(family == "ip" ? "ipv4" : "ipv6")}"
            : $"{family} {side} {{ {string.Join(", ", widest)} }}";
    }

    private static IPNetwork Parse(string text)
    {
        var parts = text.Split('/');
        var address = IPAddress.Parse(parts[0]);
        var bytes = address.GetAddressBytes();
        var prefix = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : bytes.Length * 8;
        for (var bit = prefix; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), prefix);
    }

    private static string Ports(FirewallRule rule)
    {
        if (rule.Ports is not { Length: > 0 } text || rule.Protocol is not ("TCP" or "UDP"))
        {
            return "";
        }

        var ranges = text.Split(',', StringSplitOptions.TrimEntries)
            .Select(piece => piece.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray())
            .OrderBy(ends => ends[0]);
        var merged = new List<(int First, int Last)>();
        foreach (var ends in ranges)
        {
            if (merged.Count > 0 && ends[0] <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, ends[^1]));
            }
            else
            {
                merged.Add((ends[0], ends[^1]));
            }
        }

        var pieces = merged.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}");
        return $" th dport {{ {string.Join(", ", pieces)} }}";
    }
}
