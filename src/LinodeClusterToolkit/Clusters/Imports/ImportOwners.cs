using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>Whose things are by the records here, and by the tags they carry.</summary>
/// <param name="Mine">The cluster they are taken up for; null where it has no id yet.</param>
/// <param name="Names">Names of clusters of this inventory, deleted ones included.</param>
/// <param name="Recorded">Things that are in records of other clusters, with the name of each.</param>
internal sealed record ImportOwners(
    Guid? Mine, IReadOnlyDictionary<Guid, string> Names, IReadOnlyDictionary<(string Kind, long Id), string> Recorded)
{
    public static async Task<ImportOwners> ReadAsync(IInventoryStore store, Guid? mine, ImportSight sight, CancellationToken cancellation)
    {
        var (names, recorded) = (new Dictionary<Guid, string>(), new Dictionary<(string, long), string>());
        var ids = sight.Nodes.Select(node => node.Id).ToHashSet();
        await foreach (var cluster in store.ListClustersAsync(true, cancellation).ConfigureAwait(false))
        {
            names[cluster.Id] = cluster.Name;
            if (cluster.State == ClusterState.Deleted || cluster.Id == mine)
            {
                continue;
            }

            await foreach (var made in store.ListResourcesAsync(cluster.Id, cancellation).ConfigureAwait(false))
            {
                recorded[(made.Kind.ToString().ToLowerInvariant(), made.CloudId ?? 0)] = cluster.Name;
            }
        }

        await foreach (var node in store.ListNodesAsync(new NodeQuery(), cancellation).ConfigureAwait(false))
        {
            if (node.ClusterId != mine && node.LinodeId is { } id && ids.Contains(id))
            {
                recorded[("node", id)] = names.GetValueOrDefault(node.ClusterId, "");
            }
        }

        return new(mine, names, recorded);
    }

    /// <summary>Whether something carries the mark of the cluster it is taken up for.</summary>
    // Where there are no tags, all that is told of a mark may be its end: it was asked for by the whole.
    public bool IsMarked(IReadOnlyList<string> tags) => tags.Any(tag => OthersCloud.ClusterOf(tag) is { } id && id == Mine);

    /// <summary>Why something is another's; null where it is not.</summary>
    public string? WhyNot(string kind, long id, IReadOnlyList<string> tags)
    {
        Guid[] others = [.. tags.Select(OthersCloud.ClusterOf).OfType<Guid>().Where(owner => owner != Mine)];
        return others.Length > 0
            ? others.Select(owner => Names.GetValueOrDefault(owner)).OfType<string>().FirstOrDefault() is { } name
                ? $"it carries the owner tag of cluster {name}" : "it carries an owner tag that is not known here"
            : Recorded.TryGetValue((kind, id), out var cluster) ? $"cluster {cluster} has it in its records" : null;
    }

    /// <summary>Whether its label may be told: it is in nobody's records but ours, as far as its tags say.</summary>
    public bool MayBeTold(IReadOnlyList<string> tags) =>
        tags.Select(OthersCloud.ClusterOf).OfType<Guid>().All(owner => owner == Mine || Names.ContainsKey(owner));
}
