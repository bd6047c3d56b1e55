using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Tests.Clusters;

internal sealed partial class FakeCloud
{
    public List<CloudImage> Images { get; } = [];

    private LinodeOffer OfferNow() => LinodeCatalog.BuiltIn.Offer with
    {
        Images =
        [
            .. LinodeCatalog.BuiltIn.Offer.Images,
            .. Images.Select(image => new Image(
                image.Id, image.Label, null, image.SizeMb, Deprecated: false, IsPublic: false, image.Status,
                new HashSet<string>(image.HasCloudInit ? ["cloud-init"] : [])) { Tags = image.Tags }),
        ],
    };

    /// <summary>What becomes of an image as soon as it was asked for.</summary>
    public string NewImage { get; set; } = "available";

    public Task<CloudImage> CreateImageAsync(ImageOrder order, CancellationToken cancellation) => Do($"image {order.Label}", () =>
        Add(Images, new($"private/{++last}", order.Label, NewImage, 100, order.Tags) { Description = order.Description, HasCloudInit = order.CloudInit, Regions = [new("us-east", NewImage)] }));

    public IAsyncEnumerable<CloudImage> ListOwnImagesAsync(CloudFilter filter, CancellationToken cancellation) =>
        List("images", Images, image => Fits(filter, image.Label, image.Tags));

    public Task<CloudImage?> FindImageAsync(string id, CancellationToken cancellation) => Do($"find {id}", () => Images.Find(image => image.Id == id));

    public Task<CloudImage> ChangeImageAsync(string id, string? label, string? description, CancellationToken cancellation) => Do($"change {id}", () =>
    {
        var at = Images.FindIndex(image => image.Id == id);
        return Images[at] = Images[at] with { Label = label ?? Images[at].Label, Description = description ?? Images[at].Description };
    });

    public Task<bool> DeleteImageAsync(string id, CancellationToken cancellation) => Do($"delete {id}", () => Images.RemoveAll(image => image.Id == id) > 0);

    public Task<CloudImage> ReplicateImageAsync(string id, IReadOnlyList<string> regions, CancellationToken cancellation) =>
        Do($"replicate {id} to {string.Join(' ', regions)}", () =>
        {
            var at = Images.FindIndex(image => image.Id == id);
            return Images[at] = Images[at] with { Regions = [.. regions.Select(region => new CloudImageRegion(region, "available"))] };
        });

    public Task<ImageUpload> BeginImageUploadAsync(ImageUploadOrder order, CancellationToken cancellation) => Do($"upload {order.Label}", () =>
        new ImageUpload(Add(Images, new($"private/{++last}", order.Label, "pending_upload", 0, order.Tags)), new("http://127.0.0.1:1/there")));
}
