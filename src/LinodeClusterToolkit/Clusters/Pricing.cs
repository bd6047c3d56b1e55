using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Prices of plans and of what exists, USD.</summary>
internal static class Pricing
{
    /// <summary>What a whole plan costs, line by line.</summary>
    public static PlanCost Of(ResolvedPlan plan, LinodeCatalog catalog) => Sum(
        plan.Regions.SelectMany(region =>
            region.Groups
                .SelectMany(group => group.Nodes.GroupBy(node => node.Type, StringComparer.Ordinal)
                    .Select(same => Line(region.Id, group.Name, same.Key, same.Count(), TypePrice(catalog, same.Key, region.Id))))
                .Concat(region.Groups.SelectMany(group => Volumes(region.Id, group.Name, group.Nodes.SelectMany(node => node.Volumes).Select(volume => volume.SizeGb))))
                .Concat(Balancers(region.Id, region.Balancers.Count))));

    /// <summary>What the things in the records cost as long as they exist.</summary>
    public static PlanCost Of(IEnumerable<NodeRecord> nodes, IEnumerable<ResourceRecord> resources, LinodeCatalog catalog)
    {
        var made = resources.Where(resource => resource.CloudId is not null).ToList();
        return Sum(
            nodes.Where(node => node is { LinodeId: not null, State: not NodeState.Gone })
                .GroupBy(node => (node.Region, node.Group, node.Type))
                .Select(same => Line(same.Key.Region, same.Key.Group, same.Key.Type, same.Count(), TypePrice(catalog, same.Key.Type, same.Key.Region)))
            .Concat(made.Where(resource => resource.Kind == ResourceKind.Volume)
                .GroupBy(volume => (Region: volume.Region ?? "", Group: volume.NodeKey?.Split('/') is [_, var group, ..] ? group : ""))
                .SelectMany(same => Volumes(same.Key.Region, same.Key.Group, same.Select(volume => (int)(volume.Size ?? 0)))))
            .Concat(made.Where(resource => resource.Kind == ResourceKind.Balancer)
                .GroupBy(balancer => balancer.Region ?? "")
                .SelectMany(same => Balancers(same.Key, same.Count()))));
    }

    /// <summary>What one thing costs.</summary>
    public static (decimal Hourly, decimal Monthly) Of(string kind, string? type, string? region, int sizeGb, LinodeCatalog catalog)
    {
        var price = kind switch
        {
            "node" => TypePrice(catalog, type ?? "", region ?? ""),
            "volume" => Costs.Volume(sizeGb),
            "balancer" => Costs.NodeBalancer,
            _ => Price.Zero,
        };
        return (price.Hourly, price.PerMonth);
    }

    private static IEnumerable<CostLine> Volumes(string region, string group, IEnumerable<int> sizes) =>
        sizes.GroupBy(size => size).Select(same => Line(region, $"{group} volumes", $"{same.Key} GB", same.Count(), Costs.Volume(same.Key)));

    private static IEnumerable<CostLine> Balancers(string region, int count) =>
        count == 0 ? [] : [Line(region, "balancers", "NodeBalancer", count, Costs.NodeBalancer)];

    private static Price TypePrice(LinodeCatalog catalog, string type, string region) =>
        catalog.Offer.Types.FirstOrDefault(offered => offered.Id == type) is { } known ? Costs.Node(known, region) : Price.Zero;

    private static CostLine Line(string region, string what, string type, int count, Price each) =>
        new(region, what, type, count, count * each.Hourly, count * each.PerMonth);

    private static PlanCost Sum(IEnumerable<CostLine> lines)
    {
        var all = lines.ToList();
        return new(all.Sum(line => line.Hourly), all.Sum(line => line.Monthly), all);
    }
}
