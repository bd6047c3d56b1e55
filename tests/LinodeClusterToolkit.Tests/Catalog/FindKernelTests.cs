using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Catalog.Matching;

namespace LinodeClusterToolkit.Tests.Catalog;

public class FindKernelTests
{
    private static readonly LinodeCatalog Today = LinodeCatalog.BuiltIn;

    [Theory]
    [InlineData("linode/grub2", "linode/grub2", MatchKind.Id)]
    [InlineData("grub2", "linode/grub2", MatchKind.Name)]
    [InlineData("GRUB 2", "linode/grub2", MatchKind.Name)]
    [InlineData("direct disk", "linode/direct-disk", MatchKind.Name)]
    [InlineData("138", "linode/latest-64bit", MatchKind.Legacy)]
    [InlineData("210", "linode/grub2", MatchKind.Legacy)]
    [InlineData("linode/latest_64", "linode/latest-64bit", MatchKind.Legacy)]
    [InlineData("latest 64 bit", "linode/latest-64bit", MatchKind.Words)]
    [InlineData("latest 32 bit", "linode/latest-32bit", MatchKind.Words)]
    [InlineData("grub-leg", "linode/grub-legacy", MatchKind.Prefix)]
    public void Finds_the_kernel(string asked, string id, MatchKind how)
    {
        var match = Today.FindKernel(asked);

        var found = Assert.IsType<Match<Kernel>.Found>(match);
        Assert.Equal((id, how), (found.Item.Id, found.How));
    }

    [Fact]
    public void Finds_the_name_of_2017_for_today_s_id() =>
        Assert.Equal("linode/latest_64", new LinodeCatalog(Offers.Of2017).FindKernel("linode/latest-64bit").OrThrow().Id);

    [Fact]
    public void Warns_of_a_deprecated_kernel() =>
        Assert.Equal("60 → linode/2.6.18.8-linode22; linode/2.6.18.8-linode22 is deprecated", ((Match<Kernel>.Found)Today.FindKernel("60")).Note);

    [Fact]
    public void Takes_an_id_the_api_lists_twice_as_one()
    {
        var twice = new Kernel("linode/2.6-linode22", "2.6-linode22", "2.6", "i386", true);
        var catalog = new LinodeCatalog(Offers.Of2017 with { Kernels = [twice, twice with { Label = "Latest Legacy (2.6-linode22)" }] });

        Assert.Equal("linode/2.6-linode22", catalog.FindKernel("2.6 linode22").OrThrow().Id);
    }

    [Fact]
    public void Every_old_name_leads_to_a_kernel_but_the_rescue_system()
    {
        var lost = Past.Kernels.Rows.Distinct().SelectMany(row => row.Ids.Concat(row.Names))
            .Where(name => Today.FindKernel(name) is not Match<Kernel>.Found);

        Assert.Equal(["linode/finnix", "linode/4.1.2-finnix", "61"], lost);
        Assert.IsType<Match<Kernel>.Retired>(Today.FindKernel("61"));
    }
}
