using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>What is exported: a cluster, or all clusters of a set.</summary>
/// <param name="View">Its records.</param>
/// <param name="Nodes">Its nodes by cluster, region, group and number, those that are gone included.</param>
internal sealed record ExportSubject(ClusterView View, IReadOnlyList<ExportNode> Nodes)
{
    public string Name => View.Cluster.Name;

    /// <summary>Nodes that can be reached, and the way there; none where no keys were asked for.</summary>
    public IReadOnlyList<ExportNode> Reached => [.. Nodes.Where(node => node.WhyNot is null)];

    /// <summary>Those that cannot, each with the reason.</summary>
    public IReadOnlyList<ExportNode> LeftOut => [.. Nodes.Where(node => node.WhyNot is not null)];

    /// <summary>Records of the clusters: those of a set, or the one.</summary>
    public IReadOnlyList<ClusterView> Clusters => View.Members.Count > 0 ? View.Members : [View];

    /// <summary>Ports of balancers by their ids, where the cloud said which.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<CloudBalancerPort>> Ports { get; init; } =
        new Dictionary<long, IReadOnlyList<CloudBalancerPort>>();

    /// <summary>Why the cloud did not say, where it did not.</summary>
    public string? NoPorts { get; init; }
}

/// <summary>A node to be exported.</summary>
/// <param name="Book">Records of its cluster.</param>
/// <param name="Node">Its own.</param>
/// <param name="WhyNot">Why nobody gets to it; null where one does.</param>
internal sealed record ExportNode(ClusterBook Book, NodeRecord Node, string? WhyNot)
{
    public string Label => Node.Label;

    /// <summary>The node as SSH sees it, where keys were asked for.</summary>
    public RemoteHost? Host { get; init; }

    /// <summary>File of its private key.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>How other programs are to start ssh.</summary>
    public RemoteWay? Way { get; init; }

    /// <summary>Lines of an ssh_config for the way to it, e.g. over a jump host.</summary>
    public IReadOnlyList<(string Name, string Value)> Route { get; init; } = [];

    /// <summary>Why nobody gets to a node; null where one does.</summary>
    public static string? WhyNotReached(NodeRecord node) => node switch
    {
        { State: NodeState.Gone } => "gone",
        { State: NodeState.Deleting } => "being deleted",
        { PublicIpv4: null, Ipv6: null } => "no address yet",
        { HostKeys.Count: 0 } => "no known host key yet",
        _ when !KnownHostsFile.IsAlias(node.Label) => "ssh cannot take its label for a name",
        _ => null,
    };
}
