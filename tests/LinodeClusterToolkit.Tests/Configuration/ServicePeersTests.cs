using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Configuration;

public sealed class ServicePeersTests
{
    private static readonly ServiceMap Map = new(
        [
            new("http", [new(80, 80, "tcp")], [], [], true),
            new("sql", [new(3306, 3306, "tcp")], ["web"], ["10.0.0.0/8"], false),
            new("gossip", [new(7000, 7001, "udp")], ["db"], [], false),
        ],
        [
            new("us-east", "web", ["http"], ["sql"]), new("us-east", "db", ["sql", "gossip"], ["gossip"]),
            new("us-east", "probe", [], ["http", "sql"]),
            new("eu-central", "web", ["http"], ["sql"]),
        ]);

    private static readonly NodeRecord[] Nodes =
    [
        At(Node("web", 1), "203.0.113.1", "192.168.130.1", "2001:db8::1"),
        At(Node("web", 1, "eu-central", "far"), "203.0.113.2", "192.168.130.1"),
        At(Node("db", 1), "203.0.113.3", "192.168.130.3"),
        At(Node("db", 2), "203.0.113.4", "192.168.130.4"),
        At(Node("probe", 1), "203.0.113.5"),
        At(Node("web", 2), "203.0.113.6") with { State = NodeState.Gone },
        At(Node("web", 3), "203.0.113.7") with { State = NodeState.Deleting },
        At(Node("web", 4), null),
    ];

    [Fact]
    public void A_provider_is_open_to_whom_its_services_let_in_by_the_address_these_come_from() => Assert.Equal(
        [
            "10.0.0.0/8 Tcp 3306-3306", "192.168.130.1/32 Tcp 3306-3306", "2001:db8::1/128 Tcp 3306-3306", "203.0.113.2/32 Tcp 3306-3306",
            "192.168.130.4/32 Udp 7000-7001",
        ],
        Texts(ServicePeers.In(Nodes[2], Map, Nodes)));

    [Fact]
    public void What_is_open_to_everybody_is_open_by_both_families() =>
        Assert.Equal(["0.0.0.0/0 Tcp 80-80", "::/0 Tcp 80-80"], Texts(ServicePeers.In(Nodes[0], Map, Nodes)));

    [Fact]
    public void A_caller_gets_out_to_those_who_provide_what_it_uses_and_let_it_in()
    {
        Assert.Equal(["192.168.130.3/32 Tcp 3306-3306", "192.168.130.4/32 Tcp 3306-3306"], Texts(ServicePeers.Out(Nodes[0], Map, Nodes)));
        Assert.Equal(["203.0.113.3/32 Tcp 3306-3306", "203.0.113.4/32 Tcp 3306-3306"], Texts(ServicePeers.Out(Nodes[1], Map, Nodes)));
    }

    [Fact]
    public void A_node_without_an_address_in_the_regions_network_calls_public_addresses() => Assert.Equal(
        ["203.0.113.1/32 Tcp 80-80", "2001:db8::1/128 Tcp 80-80", "203.0.113.2/32 Tcp 80-80"],
        Texts(ServicePeers.Out(Nodes[4], Map, Nodes)));

    [Fact]
    public void Nodes_of_a_group_reach_each_other_and_never_need_a_rule_for_themselves() =>
        Assert.Equal(["192.168.130.3/32 Udp 7000-7001"], Texts(ServicePeers.Out(Nodes[3], Map, Nodes)));

    private static NodeRecord At(ResolvedNode node, string? ipv4, string? near = null, string? ipv6 = null) =>
        node.Record(NodeState.Ready, 1) with { PublicIpv4 = ipv4, PrivateIpv4 = near, Ipv6 = ipv6 };

    private static IEnumerable<string> Texts(IEnumerable<OpenPort> ports) =>
        ports.Select(port => $"{port.Peers} {port.Transport} {port.First}-{port.Last}");
}
