using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What more than one part of this room asks the inventory.</summary>
internal static class InventoryQueries
{
    /// <summary>The cluster of that id, deleted or not.</summary>
    /// <exception cref="LinodeToolkitException">LCT4011: there is none, such as for a record of another inventory.</exception>
    public static async Task<ClusterRecord> ClusterOfAsync(this IInventoryStore store, Guid id, CancellationToken cancellation)
    {
        await foreach (var cluster in store.ListClustersAsync(true, cancellation).ConfigureAwait(false))
        {
            if (cluster.Id == id)
            {
                return cluster;
            }
        }

        throw new LinodeToolkitException(ClusterProblems.NoSuch("cluster", $"{id:D}", []));
    }
}
