using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Tests.Catalog;

public class CostsTests
{
    private static readonly NodeType Nanode = LinodeCatalog.BuiltIn.FindType("g6-nanode-1").OrThrow();

    [Fact]
    public void Takes_the_general_price_where_the_region_has_none() => Assert.Equal(new Price(0.0075m, 5m), Costs.Node(Nanode, "us-east"));

    [Theory]
    [InlineData("id-cgk", "0.009", "6")]
    [InlineData("br-gru", "0.0105", "7")]
    public void Takes_the_price_of_a_region_with_a_surcharge(string region, string hourly, string monthly) =>
        Assert.Equal(new Price(decimal.Parse(hourly), decimal.Parse(monthly)), Costs.Node(Nanode, region));

    [Fact]
    public void Prices_volumes_by_the_gigabyte() => Assert.Equal(new Price(0.075m, 50m), Costs.Volume(500));

    [Fact]
    public void Prices_a_balancer() => Assert.Equal(new Price(0.015m, 10m), Costs.NodeBalancer);

    [Fact]
    public void Adds_up_a_cluster() =>
        Assert.Equal(new Price(0.315m, 210m), (Costs.Node(Nanode, "us-east") * 20) + Costs.Volume(1000) + Costs.NodeBalancer + Price.Zero);

    [Fact]
    public void Counts_a_month_without_a_cap_as_730_hours()
    {
        var uncapped = new Price(0.10m, null);

        Assert.Equal(73m, uncapped.PerMonth);
        Assert.Null((uncapped * 3).Monthly);
        Assert.Equal(new Price(0.115m, 83m), uncapped + Costs.NodeBalancer);
    }
}
