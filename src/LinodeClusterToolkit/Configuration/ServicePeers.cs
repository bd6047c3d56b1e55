using System.Net;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Which peers a node is open to, and which it may call, by the services of its group; pure.</summary>
internal static class ServicePeers
{
    /// <summary>Who may call the node, and where.</summary>
    public static IReadOnlyCollection<OpenPort> In(NodeRecord node, ServiceMap map, IReadOnlyCollection<NodeRecord> nodes) =>
    [
        .. from service in Of(map, map.Find(node.Region, node.Group)?.Provides)
           let callers = Others(node, nodes).Where(other => service.From.Contains(other.Group))
           from peers in Networks(service).Concat(callers.SelectMany(other => AddressesOf(other, node)))
           from ports in service.Ports
           select Open(peers, ports),
    ];

    /// <summary>Whom the node may call, and where.</summary>
    public static IReadOnlyCollection<OpenPort> Out(NodeRecord node, ServiceMap map, IReadOnlyCollection<NodeRecord> nodes) =>
    [
        .. from service in Of(map, map.Find(node.Region, node.Group)?.Uses)
           where service.LetsIn(node.Group)
           from other in Others(node, nodes)
           where map.Find(other.Region, other.Group)?.Provides.Contains(service.Name) == true
           from peers in AddressesOf(other, node)
           from ports in service.Ports
           select Open(peers, ports),
    ];

    private static IEnumerable<ResolvedService> Of(ServiceMap map, IReadOnlyList<string>? names) =>
        map.Services.Where(service => names?.Contains(service.Name) == true);

    private static IEnumerable<IPNetwork> Networks(ResolvedService service) =>
        (service.Anywhere ? ["0.0.0.0/0", "::/0", .. service.Networks] : service.Networks).Select(IPNetwork.Parse);

    private static IEnumerable<NodeRecord> Others(NodeRecord node, IEnumerable<NodeRecord> nodes) =>
        nodes.Where(other => other.Key != node.Key && other.State is not (NodeState.Gone or NodeState.Deleting));

    // Over the region's network where both are on it: a node without an address there comes from its public one.
    private static IEnumerable<IPNetwork> AddressesOf(NodeRecord peer, NodeRecord node)
    {
        var near = peer.Region == node.Region && node.PrivateIpv4 is not null ? peer.PrivateIpv4 : null;
        return new[] { near ?? peer.PublicIpv4, peer.Ipv6 }.OfType<string>().Select(IPAddress.Parse)
            .Select(address => new IPNetwork(address, address.GetAddressBytes().Length * 8));
    }

    private static OpenPort Open(IPNetwork peers, ServicePorts ports) =>
        new(peers, ports.Protocol == "udp" ? Transport.Udp : Transport.Tcp, checked((ushort)ports.First), checked((ushort)ports.Last));
}
