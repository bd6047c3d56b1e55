using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>By hand: a g6-standard-1 is $0.018 an hour and $12 a month, in id-cgk $0.022 and $14.40; a GB of volume is $0.10, a balancer $10.</summary>
public sealed class PricingTests
{
    [Fact]
    public void A_plan_costs_its_nodes_volumes_and_balancers()
    {
        var volume = Volume("data", "web-1-data", 20);
        var plan = Plan([Node("web", 1) with { Volumes = [volume] }, Node("web", 2)], [Balancer("front", "us-east/web/1")]);

        var cost = Pricing.Of(plan, LinodeCatalog.BuiltIn);

        Assert.Equal(
            [("web", "g6-standard-1", 2, 24m), ("web volumes", "20 GB", 1, 2m), ("balancers", "NodeBalancer", 1, 10m)],
            cost.Lines.Select(line => (line.What, line.Type, line.Count, line.Monthly)));
        Assert.Equal((0.036m + 0.003m + 0.015m, 36m), (cost.Hourly, cost.Monthly));
    }

    [Fact]
    public void A_region_with_a_surcharge_costs_more()
    {
        var cost = Pricing.Of(Plan([Node("web", 1), Node("web", 1, "id-cgk")]), LinodeCatalog.BuiltIn);

        Assert.Equal([("us-east", 0.018m, 12m), ("id-cgk", 0.022m, 14.4m)], cost.Lines.Select(line => (line.Region, line.Hourly, line.Monthly)));
    }

    [Fact]
    public void A_price_without_a_cap_is_730_hours_a_month()
    {
        var gpu = LinodeCatalog.BuiltIn.Offer.Types[0] with { Id = "new", Price = new Price(2m, null), RegionPrices = new Dictionary<string, Price>() };
        var catalog = new LinodeCatalog(LinodeCatalog.BuiltIn.Offer with { Types = [gpu] });

        Assert.Equal(1460m, Pricing.Of(Plan([Node("gpu", 1) with { Types = ["new"] }]), catalog).Monthly);
    }

    [Fact]
    public void What_exists_costs_as_long_as_the_cloud_has_it()
    {
        var cost = Pricing.Of(
            [
                Node("web", 1).Record(NodeState.Ready, 1), Node("web", 2).Record(NodeState.Failed, 2),
                Node("web", 3).Record(NodeState.Gone, 3), Node("web", 4).Record(NodeState.Planned),
            ],
            [
                Made(ResourceKind.Volume, "data", 4, "us-east/web/1") with { Size = 50 }, Made(ResourceKind.Balancer, "front"),
                Made(ResourceKind.Disk, "disk") with { Size = 50000 }, Made(ResourceKind.Balancer, "unmade") with { CloudId = null },
            ],
            LinodeCatalog.BuiltIn);

        Assert.Equal(
            [("web", 2, 24m), ("web volumes", 1, 5m), ("balancers", 1, 10m)], cost.Lines.Select(line => (line.What, line.Count, line.Monthly)));
    }
}
