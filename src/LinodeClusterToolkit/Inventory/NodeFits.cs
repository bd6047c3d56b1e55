namespace LinodeClusterToolkit.Inventory;

/// <summary>Whether a node fits a query, for stores that have no query language of their own.</summary>
internal static class NodeFits
{
    public static bool Fits(NodeQuery query, NodeRecord node, string clusterName) =>
        Fits(query.Cluster, clusterName)
        && (query.ClusterId is null || query.ClusterId == node.ClusterId)
        && Fits(query.Region, node.Region)
        && Fits(query.Group, node.Group)
        && (query.State is { } state ? node.State == state : query.IncludeGone || node.State != NodeState.Gone)
        && (query.Tag is null || node.Tags.Contains(query.Tag, StringComparer.Ordinal))
        && query.Where?.Fits(node, clusterName) != false;

    private static bool Fits(string? wanted, string has) => wanted is null || string.Equals(wanted, has, StringComparison.Ordinal);
}
