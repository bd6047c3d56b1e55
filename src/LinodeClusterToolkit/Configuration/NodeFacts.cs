using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Configuration;

/// <summary>What an action on a node may know of the node and its peers, as variables of its environment.</summary>
internal static class NodeFacts
{
    /// <summary>
    /// <c>LCT_CLUSTER</c>, <c>LCT_REGION</c>, <c>LCT_GROUP</c>, <c>LCT_NODE</c> (label), <c>LCT_HOST</c>, <c>LCT_ORDINAL</c>, <c>LCT_ADDRESS</c> (the
    /// one its peers in the region use), <c>LCT_TRANSITION</c>; <c>LCT_MEMBERS</c>: host names of its group in the region;
    /// <c>LCT_NODES_&lt;GROUP&gt;</c>: host names of each group, those of the own region first.
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
        facts["LCT_MEMBERS"] = Names(there.Where(other => other.Region == node.Region && other.Group == node.Group));
        foreach (var group in there.GroupBy(other => other.Group))
        {
            facts[$"LCT_NODES_{Upper(group.Key)}"] = Names(group);
        }

        return facts;
    }

    /// <summary>The address by which nodes of its region reach a node.</summary>
    public static string? AddressOf(NodeRecord node) => node.PrivateIpv4 ?? node.PublicIpv4;

    private static bool IsThere(NodeRecord node) => node is { LinodeId: not null, State: not (NodeState.Gone or NodeState.Deleting) };

    private static string Names(IEnumerable<NodeRecord> nodes) => string.Join(' ', nodes.Select(node => node.HostName));

    private static string Upper(string name) =>
        string.Concat(name.ToUpperInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
