using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Single nodes as a resolved plan, so that they take the same path as clusters.</summary>
internal static class NodePlans
{
    /// <summary>Name of the cluster that single nodes belong to where none is named.</summary>
    public const string LooseCluster = "nodes";

    private const string Group = "nodes";

    public static ResolvedPlan For(
        NodeRequest request, string cluster, LinodeCatalog catalog, IReadOnlyCollection<NodeRecord> existing,
        IReadOnlyDictionary<string, long> counters)
    {
        var region = catalog.FindRegion(request.Region);
        var type = catalog.FindType(request.Type);
        var image = catalog.FindImage(request.Image);
        var regionId = region.OrThrow().Id;
        var (typeId, imageId) = (type.OrThrow().Id, image.OrThrow().Id);
        var rule = catalog.Offer.Abilities.LongLabels ? LabelRule.Node : LabelRule.ShortNode;
        var disks = PlatformLayout.Of(type.OrThrow().DiskMb, catalog.Offer.Abilities);
        var takesUserData = image.OrThrow().HasCloudInit && region.OrThrow().Has("Metadata");

        DemandUsable(image.OrThrow(), region.OrThrow(), takesUserData);
        var address = $"{regionId}/{Group}";
        var first = Math.Max(
            counters.GetValueOrDefault(address, 1),
            1 + existing.Where(node => node.Region == regionId && node.Group == Group).Select(node => node.Ordinal).DefaultIfEmpty(0).Max());
        var nodes = Enumerable.Range((int)first, request.Count).Select(ordinal =>
        {
            var label = LabelOf(request, cluster, regionId, ordinal, rule);
            return new ResolvedNode(
                $"{address}/{ordinal}", regionId, Group, ordinal, label, HostNames.FromLabel(label), null, null, [typeId], imageId, request.Tags,
                Boot: true, PrivateIp: false, disks, [])
            {
                TakesUserData = takesUserData,
            };
        }).ToList();
        DemandFree(cluster, nodes, existing);
        return new(
            cluster, cluster,
            [new(regionId, [new(Group, request.Count, nodes)], [])],
            new Dictionary<string, long> { [address] = first + request.Count },
            [.. new[] { NoteOf(region), NoteOf(type), NoteOf(image) }.OfType<string>()])
        {
            NoCloudFirewall = !catalog.Offer.Abilities.CloudFirewalls,
        };
    }

    /// <summary>Throws where an image of the account is not there yet, or a node made from it would stand open.</summary>
    public static void DemandUsable(Image image, Region region, bool takesUserData)
    {
        if (image.IsPublic)
        {
            return;
        }

        if (image.Status != "available")
        {
            throw new LinodeToolkitException(ImageProblems.NotThere(image.Id, image.Status));
        }

        if (!takesUserData)
        {
            throw new LinodeToolkitException(ImageProblems.Open(image.Id, region.Has("Metadata") ? null : region.Id));
        }
    }

    private static string LabelOf(NodeRequest request, string cluster, string region, int ordinal, LabelRule rule)
    {
        var label = request switch
        {
            { Label: null } => rule.Fit($"{cluster}-{region}-{ordinal}"),
            { Label: var one, Count: 1 } => one,
            { Label: var stem } => $"{stem}-{ordinal}",
        };
        return rule.Fault(label) is { } fault ? throw new LinodeToolkitException(ClusterProblems.BadNodeLabel(label, fault)) : label;
    }

    // A label that another node of the cluster has would be taken for an earlier try at this one.
    private static void DemandFree(string cluster, List<ResolvedNode> nodes, IEnumerable<NodeRecord> existing)
    {
        var taken = existing.Where(node => node.State != NodeState.Gone).Select(node => node.Label).ToHashSet(StringComparer.Ordinal);
        if (nodes.Find(node => taken.Contains(node.Label)) is { } twice)
        {
            throw new LinodeToolkitException(ClusterProblems.LabelInUse(twice.Label, cluster));
        }
    }

    private static string? NoteOf<T>(Match<T> match)
        where T : class, ICatalogEntry => (match as Match<T>.Found)?.Note;
}
