using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>An admin key pair that would be replaced.</summary>
/// <param name="Name">Its node, its group with the region, or its cluster.</param>
/// <param name="Nodes">Labels of the nodes it opens.</param>
/// <param name="Off">Those of them that are off, and so keep it.</param>
/// <param name="Fingerprint">Fingerprint of the one in force; null where the store has none.</param>
/// <param name="IsBegun">Whether an earlier run began that, and did not end it.</param>
public sealed record KeyToRotate(string Name, IReadOnlyList<string> Nodes, IReadOnlyList<string> Off, string? Fingerprint, bool IsBegun);

/// <summary>Looks which key pairs would be replaced.</summary>
internal sealed class KeyPreviewer(Workshop shop)
{
    public async Task<IReadOnlyList<KeyToRotate>> LookAsync(ClusterRecord cluster, RotateKeysRequest request, CancellationToken cancellation)
    {
        if (ClusterSets.MembersOf(cluster).Count > 0)
        {
            throw new LinodeToolkitException(ClusterProblems.IsSet(cluster.Name));
        }

        var book = await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        var work = new RotateKeysWork(request);
        work.Demand(cluster, book.Nodes);
        var identities = shop.Remote.IdentitiesOf(cluster);
        var looked = new List<KeyToRotate>();
        foreach (var key in work.Plan(cluster, book.Nodes).RotatedKeys)
        {
            var one = key.Nodes[0];
            var keys = await identities.RotationOf(one.Label, one.Region, one.Group).FindAsync(cancellation).ConfigureAwait(false);
            looked.Add(new(
                key.Name, [.. key.Nodes.Select(node => node.Label)],
                [.. key.Nodes.Where(RotateKeys.IsOff).Select(node => node.Label)],
                keys?.Current.Public.Fingerprint, keys?.Next is not null));
        }

        return looked;
    }
}
