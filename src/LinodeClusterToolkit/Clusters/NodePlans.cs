using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Single nodes as a resolved plan, so that they take the same path as clusters.</summary>
internal static class NodePlans
{
    /// <summary>Name of the cluster that single nodes belong to where none is named.</summary>
    public const string LooseCluster = "nodes";

    private const string Group = "nodes";

    public static ResolvedPlan For(
        NodeRequest request, string cluster, LinodeCatalog catalog, IEnumerable<NodeRecord> existing, IReadOnlyDictionary<string, long> counters)
    {
        var region = catalog.FindRegion(request.Region);
        var type = catalog.FindType(request.Type);
        var image = catalog.FindImage(request.Image);
        var regionId = region.OrThrow().Id;
        var (typeId, imageId) = (type.OrThrow().Id, image.OrThrow().Id);

        var address = $"{regionId}/{Group}";
        var first = Math.Max(
            counters.GetValueOrDefault(address, 1),
            1 + existing.Where(node => node.Region == regionId && node.Group == Group).Select(node => node.Ordinal).DefaultIfEmpty(0).Max());
        var nodes = Enumerable.Range((int)first, request.Count).Select(ordinal =>
        {
            var label = request switch
            {
                { Label: null } => $"{cluster}-{regionId}-{ordinal}",
                { Label: var one, Count: 1 } => one,
                { Label: var stem } => $"{stem}-{ordinal}",
            };
            return new ResolvedNode(
                $"{address}/{ordinal}", regionId, Group, ordinal, label, label, null, null, [typeId], imageId, request.Tags,
                Boot: true, PrivateIp: false, [], []);
        });
        return new(
            cluster, cluster,
            [new(regionId, [new(Group, request.Count, [.. nodes])], [])],
            new Dictionary<string, long> { [address] = first + request.Count },
            [.. new[] { NoteOf(region), NoteOf(type), NoteOf(image) }.OfType<string>()]);
    }

    private static string? NoteOf<T>(Match<T> match)
        where T : class, ICatalogEntry => (match as Match<T>.Found)?.Note;
}
