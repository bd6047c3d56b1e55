using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Tests.Support;
using LinodeEmulator;

namespace LinodeClusterToolkit.Tests.Api.V3;

[Collection(VirtualTimeCollection.Name)]
public sealed class V3CatalogueTests
{
    private const string Volumes = "Block Storage";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task An_account_of_2017_offers_names_of_then_and_volumes_in_Newark_alone() =>
        V3World.RunAsync(new EmulatorOptions { Catalogue = CatalogueChoice.Beta2017 }, async world =>
        {
            var offer = await world.Cloud.GetOfferAsync(None);

            var newark = Assert.Single(offer.Regions, region => region.Capabilities.Contains(Volumes));
            Assert.Equal(("us-east-1a", "us"), (newark.Id, newark.Country));
            Assert.Contains(offer.Regions, region => (region.Id, region.Country) == ("eu-west-1a", "gb"));
            Assert.All(offer.Regions, region => Assert.Contains("NodeBalancers", region.Capabilities));
            Assert.All(offer.Types, type => Assert.StartsWith("g5-", type.Id, StringComparison.Ordinal));
            var small = Assert.Single(offer.Types, type => type.Id == "g5-standard-1");
            Assert.Equal(("standard", 2048, 1), (small.Class, small.MemoryMb, small.Vcpus));
            Assert.Contains(offer.Images, image => image.Id == "linode/ubuntu16.04lts" && image.IsPublic);
            Assert.Equal(new ApiAbilities(CloudFirewalls: false, ImagesAtCreation: false, Tags: false, LongLabels: false)
            {
                DisksGrowWithNodes = false, Backups = false, ImageFiles = false,
            }, offer.Abilities);
        });

    [Fact]
    public Task An_account_of_today_offers_names_of_today_and_volumes_everywhere() =>
        V3World.RunAsync(new EmulatorOptions { Catalogue = CatalogueChoice.Today }, async world =>
        {
            var offer = await world.Cloud.GetOfferAsync(None);

            Assert.Contains(offer.Regions, region => region.Id == "us-east");
            Assert.DoesNotContain(offer.Regions, region => region.Id == "us-east-1a");
            Assert.All(offer.Regions, region => Assert.Contains(Volumes, region.Capabilities));
            Assert.DoesNotContain(offer.Types, type => type.Id.StartsWith("g5-", StringComparison.Ordinal));
            var small = Assert.Single(offer.Types, type => type.Id == "g6-standard-1");
            Assert.Equal((2048, 51200, 1, (decimal?)12), (small.MemoryMb, small.DiskMb, small.Vcpus, small.Price.Monthly));
            Assert.Contains(offer.Images, image => image.Id == "linode/debian12");
            Assert.Contains(offer.Kernels, kernel => kernel.Id == "linode/grub2");
            Assert.Equal(world.Time.GetUtcNow(), offer.AsOf);
        });
}
