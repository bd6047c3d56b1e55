using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Configuration;

/// <summary>What an action on a node may know of the node and its peers, as variables of its environment.</summary>
internal static class NodeFacts
{
    /// <summary>
    /// <c>LCT_CLUSTER</c>, <c>LCT_REGION</c>, <c>LCT_GROUP</c>, <c>LCT_NODE</c> (label), <c>LCT_HOST</c>, <c>LCT_ORDINAL</c>, <c>LCT_ADDRESS</c> (the
    /// one its peers in the region use), <c>LCT_TRANSITION</c>; <c>LCT_MEMBERS</c> and <c>LCT_MEMBER_ADDRESSES</c>: host names and addresses of its
    /// group in the region, in one order; <c>LCT_NODES_&lt;GROUP&gt;</c> and <c>LCT_ADDRESSES_&lt;GROUP&gt;</c>: those of each group, the own region first.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(ClusterBook book, NodeRecord node, string transition)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["LCT_CLUSTER"] = book.Cluster.Name,
            ["LCT_REGION"] = node.Region,
            ["LCT_GROUP"] = node.Group,
            ["LCT_NODE"] = node.Label,
            ["LCT_HOST"] = node.HostName,
            ["LCT_ORDINAL"] = $"{node.Ordinal}",
            ["LCT_ADDRESS"] = AddressOf(node) ?? "",
            ["LCT_TRANSITION"] = transition,
        };
        var there = book.Nodes.Where(IsThere).OrderBy(other => other.Region != node.Region).ThenBy(other => other.Region, StringComparer.Ordinal)
            .ThenBy(other => other.Ordinal).ToList();
        var members = there.Where(other => other.Region == node.Region && other.Group == node.Group).ToList();
        facts["LCT_MEMBERS"] = Names(members);
        facts["LCT_MEMBER_ADDRESSES"] = Addresses(node, members);
        foreach (var group in there.GroupBy(other => other.Group))
        {
            facts[$"LCT_NODES_{Upper(group.Key)}"] = Names(group);
            facts[$"LCT_ADDRESSES_{Upper(group.Key)}"] = Addresses(node, group);
        }

        return facts;
    }

    // Both ends must have a private address to use it, as the ports between them are opened.
    private static string Addresses(NodeRecord from, IEnumerable<NodeRecord> nodes) => string.Join(' ', nodes.Select(node =>
        node.Region == from.Region && from.PrivateIpv4 is not null ? AddressOf(node) : node.PublicIpv4));

    /// <summary>The address by which nodes of its region reach a node.</summary>
    public static string? AddressOf(NodeRecord node) => node.PrivateIpv4 ?? node.PublicIpv4;

    private static bool IsThere(NodeRecord node) => node is { LinodeId: not null, State: not (NodeState.Gone or NodeState.Deleting) };

    private static string Names(IEnumerable<NodeRecord> nodes) => string.Join(' ', nodes.Select(node => node.HostName));

    private static string Upper(string name) =>
        string.Concat(name.ToUpperInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
