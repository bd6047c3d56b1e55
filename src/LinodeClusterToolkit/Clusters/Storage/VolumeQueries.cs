using System.Runtime.CompilerServices;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters.Storage;

/// <summary>Volumes as the records have them.</summary>
internal sealed class VolumeQueries(IInventoryStore store, ClusterQueries clusters)
{
    public async IAsyncEnumerable<VolumeView> ListAsync(string? cluster, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var one = cluster is null ? null : await clusters.FindAsync(cluster, cancellation).ConfigureAwait(false);
        await foreach (var found in store.ListClustersAsync(false, cancellation).ConfigureAwait(false))
        {
            if (one is null || found.Id == one.Id || ClusterSets.MembersOf(one).Any(member => member.Cluster == found.Name))
            {
                var book = await ClusterBook.OpenAsync(store, found, TimeProvider.System, cancellation).ConfigureAwait(false);
                foreach (var view in Of(book))
                {
                    yield return view;
                }
            }
        }
    }

    /// <summary>One volume by label, id or key.</summary>
    public async Task<VolumeView> GetAsync(string name, string? cluster, CancellationToken cancellation)
    {
        var all = await ListAsync(cluster, cancellation).ToListAsync(cancellation).ConfigureAwait(false);
        return all.FirstOrDefault(one => one.Record.CloudId?.ToString() == name)
            ?? NameMatch.Of("volume", name, all, one => new[] { one.Record.Label, one.Record.Key }.Distinct(StringComparer.Ordinal));
    }

    public static IEnumerable<VolumeView> Of(ClusterBook book)
    {
        var plan = ResolvedPlanJson.Read(book.Cluster.Resolved);
        return book.Resources.Where(made => made.Kind == ResourceKind.Volume).OrderBy(made => made.Key, StringComparer.Ordinal)
            .Select(made => Of(book, plan, made));
    }

    public static VolumeView Of(ClusterBook book, ResolvedPlan plan, ResourceRecord made)
    {
        var planned = plan.Nodes.SelectMany(node => node.Volumes.Select(volume => (Node: node, Volume: volume)))
            .FirstOrDefault(one => CreateVolumes.KeyOf(one.Node, one.Volume) == made.Key);
        return new(book.Cluster.Name, made, made.NodeKey is { } key && book.FindNode(key) is { State: not NodeState.Gone } node ? node : null)
        {
            Mount = planned.Volume?.Mount, Filesystem = planned.Volume?.Filesystem, PlannedNode = planned.Node?.Key,
        };
    }
}
