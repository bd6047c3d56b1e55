using LinodeEmulator.Hosts.Machines.Network;
using LinodeEmulator.Hosts.Machines.Plans;
using LinodeEmulator.State;

namespace LinodeEmulator.Tests.Hosts.Machines;

public sealed class RulesetTextTests
{
    [Fact]
    public void Writes_a_rule_for_each_family_that_it_names()
    {
        Assert.Equal(
            "ip saddr { 10.0.0.0/8 } meta l4proto tcp th dport { 22, 80-90 } return; "
            + "ip6 saddr { 2001:db8::/32 } meta l4proto tcp th dport { 22, 80-90 } return; drop",
            Lines(new FirewallRule("ACCEPT", "TCP", "22,80-90", ["10.0.0.0/8"], ["2001:db8::/32"], null, null)));
    }

    [Theory]
    [InlineData("TCP", "22,22,20-25,26", "meta nfproto ipv4 meta l4proto tcp th dport { 20-26 } drop; drop")]
    [InlineData("UDP", null, "meta nfproto ipv4 meta l4proto udp drop; drop")]
    [InlineData("ICMP", null, "meta nfproto ipv4 meta l4proto icmp drop; drop")]
    [InlineData("IPENCAP", null, "meta nfproto ipv4 meta l4proto 4 drop; drop")]
    public void Knows_the_protocols_and_joins_ports_that_overlap(string protocol, string? ports, string lines) =>
        Assert.Equal(lines, Lines(new FirewallRule("DROP", protocol, ports, ["0.0.0.0/0"], null, null, null)));

    [Fact]
    public void Leaves_out_a_network_that_lies_within_another()
    {
        Assert.Equal(
            "ip saddr { 10.0.0.0/8, 192.168.1.1/32 } meta l4proto icmp return; drop",
            Lines(new FirewallRule("ACCEPT", "ICMP", null, ["10.1.2.3/8", "10.2.0.0/16", "192.168.1.1"], null, null, null)));
    }

    [Fact]
    public void Guards_each_port_and_puts_only_walled_nodes_into_the_maps()
    {
        var text = RulesetText.Of([
            new Guard(1, ["p1.0"], ["198.18.0.2", "2001:db8::2"], ["fe80::2"], new FirewallRules("DROP", "ACCEPT")),
            new Guard(2, ["p2.0"], ["198.18.0.3"], [], null),
        ]);
        Assert.StartsWith("add table inet cloud\ndelete table inet cloud\n", text, StringComparison.Ordinal);
        Assert.Contains("elements = { 198.18.0.2 : jump in1 }", text, StringComparison.Ordinal);
        Assert.Contains("elements = { \"p1.0\" : jump port1, \"p2.0\" : jump port2 }", text, StringComparison.Ordinal);
        Assert.Contains("ip6 saddr { 2001:db8::2, fe80::2, :: } accept", text, StringComparison.Ordinal);
        Assert.DoesNotContain("jump in2", text, StringComparison.Ordinal);
    }

    private static string Lines(FirewallRule rule) => string.Join("; ", RuleText.Lines([rule], "DROP", "saddr"));
}
