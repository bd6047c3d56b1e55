using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinodeClusterToolkit.Security;

/// <summary>What <see cref="HostFirewall"/> opens besides SSH and profiles, as nftables text: the whole wanted state, typed values alone.</summary>
internal static class PortSets
{
    /// <summary>Empties the sets and fills them anew; given to nft at once, nothing is open or closed in between.</summary>
    /// <param name="incoming">Who may call the node, and where.</param>
    /// <param name="outgoing">Whom the node may call, and where.</param>
    public static string Render(IReadOnlyCollection<OpenPort> incoming, IReadOnlyCollection<OpenPort> outgoing)
    {
        (string Name, string[] Elements)[] sets =
        [
            ("in4", [.. Elements(incoming, AddressFamily.InterNetwork)]), ("in6", [.. Elements(incoming, AddressFamily.InterNetworkV6)]),
            ("out4", [.. Elements(outgoing, AddressFamily.InterNetwork)]), ("out6", [.. Elements(outgoing, AddressFamily.InterNetworkV6)]),
        ];
        var text = new StringBuilder();
        foreach (var (name, _) in sets)
        {
            text.Append(CultureInfo.InvariantCulture, $"flush set inet lct {name}\n");
        }

        foreach (var (name, elements) in sets.Where(set => set.Elements.Length > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"add element inet lct {name} {{\n  ").AppendJoin(",\n  ", elements).Append("\n}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Elements(IEnumerable<OpenPort> ports, AddressFamily family) =>
        from same in ports.Where(port => port.Peers.BaseAddress.AddressFamily == family).GroupBy(port => port.Transport).OrderBy(same => same.Key)
        from span in Spans([.. same])
        from peers in span.Peers
        select $"{peers} . {(same.Key == Transport.Udp ? "udp" : "tcp")} . {Text(span.First, span.Last)}";

    // A set of such elements takes none that overlaps another: ports are cut where any range begins or ends, and networks within others left out.
    private static IEnumerable<(int First, int Last, string[] Peers)> Spans(IReadOnlyCollection<OpenPort> ports)
    {
        int[] edges = [.. ports.SelectMany(port => new[] { port.First, port.Last + 1 }).Distinct().Order()];
        (int First, int Last, string[] Peers)? open = null;
        foreach (var (first, next) in edges.Zip(edges.Skip(1)))
        {
            string[] peers = [.. Widest(ports.Where(port => port.First <= first && port.Last >= first).Select(port => port.Peers)).Select(Text)];
            if (open is { } before && before.Peers.SequenceEqual(peers))
            {
                open = before with { Last = next - 1 };
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = (first, next - 1, peers);
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    private static IEnumerable<IPNetwork> Widest(IEnumerable<IPNetwork> networks)
    {
        var all = networks.Distinct().ToList();
        var wide = all.Where(network => !IsSingle(network)).ToList();
        return all.Where(network => !wide.Any(other => other.PrefixLength < network.PrefixLength && other.Contains(network.BaseAddress)))
            .OrderBy(network => Convert.ToHexString(network.BaseAddress.GetAddressBytes()), StringComparer.Ordinal);
    }

    private static bool IsSingle(IPNetwork network) => network.PrefixLength == network.BaseAddress.GetAddressBytes().Length * 8;

    private static string Text(IPNetwork network) => IsSingle(network) ? $"{network.BaseAddress}" : $"{network}";

    private static string Text(int first, int last) =>
        first == last ? first.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
}
