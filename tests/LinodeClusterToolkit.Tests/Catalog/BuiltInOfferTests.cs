using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Tests.Catalog;

public class BuiltInOfferTests
{
    private static readonly LinodeOffer Offer = LinodeCatalog.BuiltIn.Offer;

    [Fact]
    public void Has_every_list() =>
        Assert.Equal((46, 37, 34, 328), (Offer.Regions.Count, Offer.Types.Count, Offer.Images.Count, Offer.Kernels.Count));

    [Fact]
    public void Gives_each_id_once()
    {
        IEnumerable<ICatalogEntry>[] lists = [Offer.Regions, Offer.Types, Offer.Images, Offer.Kernels];

        Assert.All(lists, list => Assert.Empty(list.GroupBy(entry => entry.Id).Where(group => group.Count() > 1).Select(group => group.Key)));
    }

    [Fact]
    public void Finds_each_of_its_entries_by_id_and_by_label()
    {
        Assert.All(Offer.Regions, region => Assert.Same(region, LinodeCatalog.BuiltIn.FindRegion(region.Id).OrThrow()));
        Assert.All(Offer.Types, type => Assert.Same(type, LinodeCatalog.BuiltIn.FindType(type.Label).OrThrow()));
        Assert.All(Offer.Images, image => Assert.Same(image, LinodeCatalog.BuiltIn.FindImage(image.Label).OrThrow()));
        Assert.All(Offer.Kernels, kernel => Assert.Same(kernel, LinodeCatalog.BuiltIn.FindKernel(kernel.Id).OrThrow()));
    }

    [Fact]
    public void Prices_are_exact_decimals() =>
        Assert.Equal(new Price(0.0645m, 43m), LinodeCatalog.BuiltIn.FindType("g7-premium-2").OrThrow().Price);
}
