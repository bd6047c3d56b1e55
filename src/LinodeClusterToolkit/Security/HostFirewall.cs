using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinodeClusterToolkit.Security;

/// <summary>The firewall on a node itself as nftables text, made of typed values alone. It has tables of its own and leaves others' as they are.</summary>
internal static class HostFirewall
{
    // Link-local addresses of the platform's metadata service.
    private const string Metadata4 = "169.254.169.254";
    private const string Metadata6 = "fd00:a9fe:a9fe::1";

    /// <summary>What holds from power-on until <see cref="Base"/> is loaded, and for good where that cannot be: nothing but SSH.</summary>
    public static string Lockdown() => $$"""
        table inet lct_lockdown
        delete table inet lct_lockdown
        table inet lct_lockdown {
          chain input {
            type filter hook input priority filter; policy drop;
        {{Neighbours("input")}}
            ct state invalid drop
            ct state related accept
            ct state established ct direction reply accept
            udp sport 67 udp dport 68 accept
            tcp dport 22 accept
          }
          chain forward { type filter hook forward priority filter; policy drop; }
          chain output {
            type filter hook output priority filter; policy drop;
        {{Neighbours("output")}}
            ct state invalid drop
            ct state related accept
            ct state established ct direction reply accept
            tcp sport 22 tcp flags & (fin | syn | rst | ack) != syn accept
            udp sport 68 udp dport 67 accept
          }
        }

        """;

    /// <summary>The rules of a node: SSH from the networks named, and out only what its profiles need.</summary>
    /// <param name="admins">Networks SSH is answered for.</param>
    /// <param name="egress">Of <c>dns</c>, <c>ntp</c>, <c>packages</c>, <c>metadata</c> and <c>ping</c>.</param>
    /// <remarks>
    /// <c>$packager</c> is the number of the account that fetches packages, which the node itself knows. Every packet of a connection that a peer
    /// opened is matched again, so a port that is closed closes for those already in. One transaction replaces the rules before, and the lockdown
    /// with them.
    /// </remarks>
    public static string Base(IReadOnlyList<IPNetwork> admins, IReadOnlyCollection<string> egress) => $$"""
        table inet lct
        delete table inet lct
        table inet lct_lockdown
        delete table inet lct_lockdown
        table inet lct {
          set admin4 { type ipv4_addr; flags interval; auto-merge; {{Elements(admins, AddressFamily.InterNetwork)}} }
          set admin6 { type ipv6_addr; flags interval; auto-merge; {{Elements(admins, AddressFamily.InterNetworkV6)}} }
          set in4 { type ipv4_addr . inet_proto . inet_service; flags interval; }
          set in6 { type ipv6_addr . inet_proto . inet_service; flags interval; }
          set out4 { type ipv4_addr . inet_proto . inet_service; flags interval; }
          set out6 { type ipv6_addr . inet_proto . inet_service; flags interval; }
          set dns4 { type ipv4_addr; }
          set dns6 { type ipv6_addr; }
          set knocks4 { type ipv4_addr; flags dynamic; timeout 1m; size 65536; }
          set knocks6 { type ipv6_addr; flags dynamic; timeout 1m; size 65536; }
          chain input {
            type filter hook input priority filter; policy drop;
        {{Neighbours("input")}}
            ct state invalid drop
            ct state related accept
            ct state established ct direction reply accept
            icmp type echo-request limit rate 10/second accept
            icmpv6 type echo-request limit rate 10/second accept
            udp sport 67 udp dport 68 accept
            tcp dport 22 jump ssh
            ip saddr . meta l4proto . th dport @in4 accept
            ip6 saddr . meta l4proto . th dport @in6 accept
            limit rate 6/minute burst 5 packets log prefix "lct in: "
          }
          chain ssh {
            ct state new add @knocks4 { ip saddr limit rate over 8/second burst 8 packets } drop
            ct state new add @knocks6 { ip6 saddr & ffff:ffff:ffff:ffff:: limit rate over 8/second burst 8 packets } drop
            ip saddr @admin4 accept
            ip6 saddr @admin6 accept
          }
          chain forward { type filter hook forward priority filter; policy drop; }
          chain output {
            type filter hook output priority filter; policy drop;
        {{Neighbours("output")}}
            ct state invalid drop
            ct state related accept
            ct state established ct direction reply accept
            tcp sport 22 tcp flags & (fin | syn | rst | ack) != syn accept
            udp sport 68 udp dport 67 accept
            jump egress
            ip daddr . meta l4proto . th dport @out4 accept
            ip6 daddr . meta l4proto . th dport @out6 accept
            limit rate 6/minute burst 5 packets log prefix "lct out: "
            meta l4proto tcp reject with tcp reset
            reject with icmpx type admin-prohibited
          }
          chain dns {
            ip daddr @dns4 meta l4proto { tcp, udp } th dport 53 accept
            ip6 daddr @dns6 meta l4proto { tcp, udp } th dport 53 accept
          }
          chain ntp { udp dport 123 accept; }
          chain packages {
            ip daddr {{Metadata4}} return
            ip6 daddr {{Metadata6}} return
            meta skuid { 0, $packager } tcp dport { 80, 443 } accept
          }
          chain metadata {
            meta skuid 0 ip daddr {{Metadata4}} tcp dport 80 accept
            meta skuid 0 ip6 daddr {{Metadata6}} tcp dport 80 accept
          }
          chain ping {
            icmp type echo-request accept
            icmpv6 type echo-request accept
          }
          chain egress {
        {{string.Join('\n', egress.Order(StringComparer.Ordinal).Select(profile => $"    jump {Known(profile)}"))}}
          }
        }

        """;

    // Without neighbour discovery IPv6 dies within minutes, without related errors large packets stall.
    private static string Neighbours(string hook) => hook == "input"
        ? """
              iif lo accept
              icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept
              icmpv6 type nd-router-advert ip6 saddr fe80::/10 ip6 hoplimit 255 accept
              icmpv6 type mld-listener-query ip6 saddr fe80::/10 ip6 hoplimit 1 accept
          """
        : """
              oif lo accept
              icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, mld-listener-report, mld2-listener-report } accept
          """;

    private static string Elements(IEnumerable<IPNetwork> networks, AddressFamily family)
    {
        var text = new StringBuilder().AppendJoin(", ", networks.Where(network => network.BaseAddress.AddressFamily == family));
        return text.Length == 0 ? "" : $"elements = {{ {text} }};";
    }

    private static string Known(string profile) => profile is "dns" or "ntp" or "packages" or "metadata" or "ping"
        ? profile
        : throw new ArgumentOutOfRangeException(nameof(profile), profile, "no profile of that name");
}
