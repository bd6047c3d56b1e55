using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Changes;

/// <summary>Works out which admin key pairs are replaced, and on which nodes; pure.</summary>
internal static class KeyPlanner
{
    /// <summary>The pairs of the nodes that are meant. One that others share is replaced on all: half a change would lock somebody out.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="sharing">How many nodes share a pair.</param>
    /// <param name="nodes">All nodes on record.</param>
    /// <param name="groups">Groups that are meant; null for all.</param>
    /// <param name="keys">Keys of the nodes that are meant; null for all.</param>
    public static ChangeSet Rotation(
        ClusterRecord cluster, KeySharing sharing, IEnumerable<NodeRecord> nodes, IReadOnlySet<string>? groups, IReadOnlySet<string>? keys) =>
        new(cluster, [], [], [], [], [], [])
        {
            RotatedKeys =
            [
                .. nodes.Where(IsThere).OrderBy(node => node.Region, StringComparer.Ordinal).ThenBy(node => node.Group, StringComparer.Ordinal)
                    .ThenBy(node => node.Ordinal)
                    .GroupBy(node => NameOf(cluster, sharing, node), StringComparer.Ordinal)
                    .Where(same => same.Any(node => groups?.Contains(node.Group) != false && keys?.Contains(node.Key) != false))
                    .Select(same => new RotatedKey(same.Key, [.. same])),
            ],
        };

    // What was only planned gets the key that is in force when it is made.
    private static bool IsThere(NodeRecord node) => node is { LinodeId: not null, State: not (NodeState.Gone or NodeState.Deleting) };

    private static string NameOf(ClusterRecord cluster, KeySharing sharing, NodeRecord node) => sharing switch
    {
        KeySharing.Cluster => cluster.Name,
        KeySharing.Group => $"{node.Region}/{node.Group}",
        _ => node.Label,
    };
}
