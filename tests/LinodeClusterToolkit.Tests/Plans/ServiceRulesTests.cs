using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Plans;

public sealed class ServiceRulesTests
{
    [Fact]
    public void Each_service_has_rules_of_its_own_and_groups_come_from_their_regions_network() => Assert.Equal(
        """
        http-tcp TCP 80, 443 from 0.0.0.0/0 ::/0
        sql-tcp TCP 3306 from 10.0.0.0/8 192.168.128.0/17 2001:db8::/32
        dns-x-tcp TCP 53 from 10.0.0.0/8
        dns-x-udp UDP 53, 6000-6010 from 10.0.0.0/8
        """,
        Text(ServiceRules.Of(
        [
            new("http", [new(443, 443, "tcp"), new(80, 80, "tcp")], ["web"], [], true),
            new("sql", [new(3306, 3306, "tcp")], ["web", "app"], ["10.0.0.0/8", "2001:db8::/32"], false),
            new("dns-x", [new(53, 53, "udp"), new(53, 53, "tcp"), new(6000, 6010, "udp")], [], ["10.0.0.0/8"], false),
        ])));

    [Fact]
    public void More_ports_than_a_rule_takes_go_into_several() => Assert.Equal(
        """
        many-tcp TCP 1-2, 11-12, 21-22, 31-32, 41-42, 51-52, 61-62 from 10.0.0.0/8
        many-tcp-2 TCP 71-72, 80 from 10.0.0.0/8
        """,
        Text(ServiceRules.Of(
        [
            new(
                "many", [.. Enumerable.Range(0, 8).Select(at => new ServicePorts((10 * at) + 1, (10 * at) + 2, "tcp")), new(80, 80, "tcp")],
                [], ["10.0.0.0/8"], false),
        ])));

    [Fact]
    public void Where_there_are_too_many_services_of_the_same_callers_share_a_rule()
    {
        var rules = ServiceRules.Of(
        [
            .. Enumerable.Range(1, 24).Select(at => new ResolvedService($"service{at}", [new(at, at, "tcp")], [], ["10.0.0.0/8"], false)),
            new("other", [new(99, 99, "tcp")], ["web"], ["10.0.0.0/8"], false),
        ]);

        Assert.Equal(
            ["1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15", "16, 17, 18, 19, 20, 21, 22, 23, 24", "99"],
            rules.Select(rule => rule.Ports));
        Assert.All(rules, rule => Assert.Null(LabelRule.Firewall.Fault(rule.Label)));
        Assert.Equal(3, rules.Select(rule => rule.Label).Distinct().Count());
    }

    private static string Text(IEnumerable<FirewallRule> rules) => string.Join('\n', rules.Select(
        rule => $"{rule.Label} {rule.Protocol} {rule.Ports} from {string.Join(' ', rule.Ipv4.Concat(rule.Ipv6))}"));
}
