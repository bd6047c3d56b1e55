using System.Globalization;
using System.Runtime.CompilerServices;

namespace LinodeClusterToolkit.Api.V3;

/// <content>Images of the account; marks stand at the end of their descriptions.</content>
internal sealed partial class V3Cloud
{
    public async Task<CloudImage> CreateImageAsync(ImageOrder order, CancellationToken cancellation)
    {
        var said = V3Marks.Describe(order.Description, order.Tags);
        var made = await client.SendAsync(new ImagizeDisk(order.NodeId, order.DiskId, order.Label, said), cancellation).ConfigureAwait(false);
        return new(IdOf(made.ImageId), order.Label, "creating", 0, order.Tags) { Description = order.Description };
    }

    public async IAsyncEnumerable<CloudImage> ListOwnImagesAsync(CloudFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var image in (await client.SendAsync(new ListImages(), cancellation).ConfigureAwait(false)).Select(ImageOf))
        {
            if ((filter.Label is null || image.Label == filter.Label) && (filter.Tag is null || image.Tags.Contains(filter.Tag)))
            {
                yield return image;
            }
        }
    }

    public async Task<CloudImage?> FindImageAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var number = V3Catalogue.PrivateImage(id);
            return number is null ? null
                : (await client.SendAsync(new ListImages(number), cancellation).ConfigureAwait(false))
                    .Where(row => row.ImageId == number).Select(ImageOf).FirstOrDefault();
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            return null;
        }
    }

    public async Task<CloudImage> ChangeImageAsync(string id, string? label, string? description, CancellationToken cancellation)
    {
        var before = await FindImageAsync(id, cancellation).ConfigureAwait(false);
        var said = description is null ? null : V3Marks.Describe(description, before?.Tags ?? []);
        return ImageOf(await client.SendAsync(new UpdateImage(NumberOf(id), label, said), cancellation).ConfigureAwait(false));
    }

    public Task<bool> DeleteImageAsync(string id, CancellationToken cancellation) =>
        IsDeletedAsync(client.SendAsync(new DeleteImage(NumberOf(id)), cancellation));

    public Task<CloudImage> ReplicateImageAsync(string id, IReadOnlyList<string> regions, CancellationToken cancellation) =>
        throw new LinodeApiException(ApiFailure.Refused, V3Problems.NoImageRegions());

    public Task<ImageUpload> BeginImageUploadAsync(ImageUploadOrder order, CancellationToken cancellation) =>
        throw new LinodeApiException(ApiFailure.Refused, V3Problems.NoImageUploads());

    // What an image is called until it is done is told nowhere: whatever is not available is still to be.
    private static CloudImage ImageOf(ImageReply row)
    {
        var (description, tags) = V3Marks.ReadDescription(row.Description);
        return new(IdOf(row.ImageId), row.Label, row.Status is "" or "available" ? "available" : "creating", row.MinSize ?? 0, tags)
        {
            Description = description, Created = row.Created,
        };
    }

    private static string IdOf(long number) => $"private/{number.ToString(CultureInfo.InvariantCulture)}";

    private static long NumberOf(string id) =>
        V3Catalogue.PrivateImage(id) ?? throw new LinodeApiException(ApiFailure.Refused, V3Problems.NotOffered("image of the account", id));
}
