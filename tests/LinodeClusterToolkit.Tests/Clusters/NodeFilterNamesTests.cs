using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory.Queries;
using static LinodeClusterToolkit.Tests.Inventory.Queries.Samples;

namespace LinodeClusterToolkit.Tests.Clusters;

public sealed class NodeFilterNamesTests
{
    [Theory]
    [InlineData("region=newark", "us-east", "g6-nanode-1", true)]
    [InlineData("region!=newark", "us-east", "g6-nanode-1", false)]
    [InlineData("region in (frankfurt, us-east-1a)", "us-east", "g6-nanode-1", true)]
    [InlineData("type='1gb'", "us-east", "g6-nanode-1", true)]
    [InlineData("type=g5-standard-1", "us-east", "g5-standard-1", true)]
    [InlineData("image='debian 12'", "us-east", "g6-nanode-1", true)]
    [InlineData("image=private/123", "us-east", "g6-nanode-1", false)]
    [InlineData("type~nanode", "us-east", "g6-nanode-1", true)]
    [InlineData("price<0.01", "us-east", "g6-nanode-1", true)]
    [InlineData("price=$0.0075", "us-east", "g6-nanode-1", true)]
    [InlineData("price=0.0075", "br-gru", "g6-nanode-1", false)]
    [InlineData("price>0.0075", "br-gru", "g6-nanode-1", true)]
    [InlineData("price in (1, 0.0075)", "us-east", "g6-nanode-1", true)]
    [InlineData("monthly>=5 and monthly<=5", "us-east", "g6-nanode-1", true)]
    [InlineData("monthly<5", "us-east", "g6-nanode-1", false)]
    [InlineData("price=none", "us-east", "g6-nanode-1", false)]
    [InlineData("price=none", "us-east", "g1-of-old", true)]
    [InlineData("price>0 or price=0", "us-east", "g1-of-old", false)]
    public void Names_and_prices_are_those_of_the_catalogue(string query, string region, string type, bool fits)
    {
        var names = new NodeFilterNames(LinodeCatalog.BuiltIn);
        var filter = NodeFilter.Parse(query).With(names.Resolve);

        Assert.Equal(fits, filter.Fits(Node("a") with { Region = region, Type = type, Image = "linode/debian12" }, "shop"));
        Assert.Empty(names.Doubtful);
    }

    [Fact]
    public void Every_price_of_the_catalogue_is_found_where_it_holds()
    {
        var offer = LinodeCatalog.BuiltIn.Offer;
        var regions = offer.Types.SelectMany(type => type.RegionPrices.Keys).Distinct().Append("us-east").ToList();
        var nodes = offer.Types.SelectMany(
            type => regions.Select(region => (type, node: Node("a") with { Region = region, Type = type.Id }))).ToList();
        foreach (var most in new[] { 0m, 5m, 5.01m, 24m, 100m, 1000m })
        {
            var filter = NodeFilter.Parse(FormattableString.Invariant($"monthly<={most}")).With(new NodeFilterNames(LinodeCatalog.BuiltIn).Resolve);

            Assert.All(nodes, one => Assert.Equal(one.type.PriceIn(one.node.Region).PerMonth <= most, filter.Fits(one.node, "shop")));
        }
    }

    [Theory]
    [InlineData("region=newrak", "LCT4001", 7)]
    [InlineData("tag=a and image in ('debian 12', ubuntu)", "LCT4003", 33)]
    public void A_name_that_stands_for_nothing_or_for_several_things_is_doubtful(string query, string code, int at)
    {
        var names = new NodeFilterNames(LinodeCatalog.BuiltIn);
        NodeFilter.Parse(query).With(names.Resolve);

        Assert.Equal((code, at), (Assert.Single(names.Doubtful).Problem.Code, names.Doubtful[0].At));
    }
}
