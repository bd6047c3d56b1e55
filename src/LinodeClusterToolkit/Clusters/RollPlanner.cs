using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Makes the work of a request: which nodes, in which order, and as what they are made anew.</summary>
internal sealed class RollPlanner(ClusterRecord cluster, IReadOnlyCollection<NodeRecord> nodes, LinodeCatalog catalog)
{
    private readonly ResolvedPlan plan = ResolvedPlanJson.Read(cluster.Resolved);

    public RollWork Make(RollRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxUnavailable, 1);
        var meant = Meant(request);
        var type = request.Type is { } named ? catalog.FindType(named).OrThrow() : null;
        if (type is not null)
        {
            meant = Resizable(meant, type);
        }

        var made = request.Kind is RollKind.Rebuild or RollKind.Replace ? meant.Select(node => As(node, request.Image)).ToList() : [];
        return new([.. meant.Select(node => node.Key)], request.Kind, request.MaxUnavailable)
        {
            Command = request.Command,
            Type = type?.Id,
            Made = made.Count == 0 ? null : ResolvedPlanJson.Write(plan with { Regions = [.. Regions(made)] }),
            ChangesImage = request.Image is not null,
            Force = request.Force,
        };
    }

    // Those that are not well come first: while they have their turn all others are at work.
    private List<NodeRecord> Meant(RollRequest request)
    {
        var there = nodes.Where(node => node.State is not (NodeState.Gone or NodeState.Deleting)
            && (node.LinodeId is not null || request.Kind == RollKind.Replace)).ToList();
        PowerOrder.DemandGroups(nodes, request.Group is { } group ? new HashSet<string>(StringComparer.Ordinal) { group } : null);
        List<NodeRecord> meant =
        [
            .. there.Where(node => request.Nodes.Count > 0 ? request.Nodes.Contains(node.Key) : node.Group == request.Group)
                .Where(node => request.Region is null || node.Region == request.Region)
                .OrderBy(node => node.State == NodeState.Ready).ThenBy(node => node.Region, StringComparer.Ordinal)
                .ThenBy(node => node.Group, StringComparer.Ordinal).ThenBy(node => node.Ordinal),
        ];
        return meant.Count > 0 ? meant : throw new LinodeToolkitException(RollProblems.NobodyThere(cluster.Name));
    }

    private List<NodeRecord> Resizable(List<NodeRecord> meant, NodeType type)
    {
        var left = meant.Where(node => node.Type != type.Id || node.State != NodeState.Ready).ToList();
        if (left.Count == 0)
        {
            throw new LinodeToolkitException(RollProblems.SameType([.. meant.Select(node => node.Label)], type.Id));
        }

        var tight = from node in left
                    let own = plan.Nodes.FirstOrDefault(one => one.Key == node.Key)?.Disks.Sum(disk => disk.SizeMb) ?? 0
                    let needs = own > 0 ? own : catalog.FindType(node.Type) is Match<NodeType>.Found { Item: var has } ? has.DiskMb : 0
                    where needs > type.DiskMb
                    select RollProblems.TooSmall(node, type.Id, needs, type.DiskMb);
        List<Problem> problems = [.. tight];
        return problems.Count > 0 ? throw new LinodeToolkitException(problems) : left;
    }

    private ResolvedNode As(NodeRecord node, string? named)
    {
        var known = plan.Nodes.FirstOrDefault(one => one.Key == node.Key) ?? Alone(node);
        var image = named is null ? null : Usable(catalog.FindImage(named).OrThrow(), node.Region);
        return known with
        {
            Types = known.Types.Contains(node.Type) ? known.Types : [node.Type, .. known.Types],
            Image = image?.Id ?? known.Image,
            TakesUserData = image is null ? known.TakesUserData : TakesUserData(image, node.Region),
        };
    }

    private Image Usable(Image image, string region)
    {
        NodePlans.DemandUsable(image, catalog.FindRegion(region).OrThrow(), TakesUserData(image, region));
        return image;
    }

    // One that was made by itself is in no plan: its record says all there is.
    private ResolvedNode Alone(NodeRecord node)
    {
        var type = catalog.FindType(node.Type).OrThrow();
        return new(
            node.Key, node.Region, node.Group, node.Ordinal, node.Label, node.HostName, node.PublicFqdn, node.PrivateFqdn, [node.Type], node.Image,
            node.Tags, Boot: true, PrivateIp: node.PrivateIpv4 is not null, PlatformLayout.Of(type.DiskMb, catalog.Offer.Abilities), [])
        {
            TakesUserData = TakesUserData(catalog.FindImage(node.Image).OrThrow(), node.Region),
        };
    }

    private bool TakesUserData(Image image, string region) => image.HasCloudInit && catalog.FindRegion(region).OrThrow().Has("Metadata");

    private static IEnumerable<ResolvedRegion> Regions(IEnumerable<ResolvedNode> made) =>
        from node in made
        group node by node.Region into region
        select new ResolvedRegion(
            region.Key,
            [.. region.GroupBy(one => one.Group).Select(same => new ResolvedGroup(same.Key, same.Count(), [.. same]))], []);
}
