using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Holds records against the cloud before work goes on: a node that somebody deleted meanwhile is to be made again.</summary>
internal static class LostNodes
{
    /// <summary>Takes such nodes back to where they were only planned; mostly one list call.</summary>
    /// <returns>Their labels.</returns>
    public static async Task<IReadOnlySet<string>> ForgetAsync(
        ILinodeCloud cloud, ClusterBook book, IReadOnlyList<ResolvedNode> wanted, CancellationToken cancellation)
    {
        var lost = new HashSet<string>(StringComparer.Ordinal);
        NodeRecord[] known = [.. wanted.Select(node => book.FindNode(node.Key)).OfType<NodeRecord>().Where(node => node.LinodeId is not null)];
        if (known.Length == 0)
        {
            return lost;
        }

        var standing = await cloud.ListNodesAsync(new CloudFilter(Tag: book.Cluster.OwnerTag), cancellation)
            .Select(node => node.Id).ToHashSetAsync(cancellationToken: cancellation).ConfigureAwait(false);
        foreach (var node in known.Where(node => !standing.Contains(node.LinodeId!.Value)))
        {
            // By its id: somebody may have taken its tags away.
            if (await cloud.FindNodeAsync(node.LinodeId!.Value, cancellation).ConfigureAwait(false) is null)
            {
                await ForgetAsync(book, node).ConfigureAwait(false);
                lost.Add(node.Label);
            }
            else
            {
                // Without the owner tag it would be missing from every list we wait by, and left behind by a delete. The id is from the
                // answer to our own create, so it is ours.
                await cloud.TagNodeAsync(node.LinodeId!.Value, book.Cluster.OwnerTag, cancellation).ConfigureAwait(false);
            }
        }

        return lost;
    }

    // Volumes outlive their node and are attached to the next one; disks and configs do not.
    private static async Task ForgetAsync(ClusterBook book, NodeRecord node)
    {
        foreach (var made in book.Resources.Where(made => made.NodeKey == node.Key && made.Kind is ResourceKind.Disk or ResourceKind.Config))
        {
            await book.RemoveResourceAsync(made).ConfigureAwait(false);
        }

        await book.SaveNodeAsync(node with
        {
            State = NodeState.Planned, LinodeId = null, PublicIpv4 = null, PrivateIpv4 = null, Ipv6 = null, Power = "unknown",
            Configuration = ConfigurationState.None, Stage = NodeStage.None, HostKeys = [], HostKeyOrigin = HostKeyOrigin.Unknown, Failure = null,
        }).ConfigureAwait(false);
    }
}
