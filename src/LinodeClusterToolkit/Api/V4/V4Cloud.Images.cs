using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V4;

/// <content>Images of the account.</content>
internal sealed partial class V4Cloud
{
    public async Task<CloudImage> CreateImageAsync(ImageOrder order, CancellationToken cancellation) => ToImage(await client.SendAsync(
        new CreateImage(new(order.DiskId, order.Label, SomeOrNull(order.Description), order.CloudInit, order.Tags)), cancellation).ConfigureAwait(false));

    public IAsyncEnumerable<CloudImage> ListOwnImagesAsync(CloudFilter filter, CancellationToken cancellation) =>
        client.ListAsync(new ListImages { Filter = filter.ToV4().Where("is_public", false) }, cancellation).Select(ToImage);

    public async Task<CloudImage?> FindImageAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return ToImage(await client.SendAsync(new GetImage(id), cancellation).ConfigureAwait(false));
        }
        catch (LinodeApiException exception) when (exception.Failure == ApiFailure.NotFound)
        {
            return null;
        }
    }

    public async Task<CloudImage> ChangeImageAsync(string id, string? label, string? description, CancellationToken cancellation) =>
        ToImage(await client.SendAsync(new UpdateImage(id, new(label, description)), cancellation).ConfigureAwait(false));

    public Task<bool> DeleteImageAsync(string id, CancellationToken cancellation) => DeleteAsync(new DeleteImage(id), cancellation);

    public async Task<CloudImage> ReplicateImageAsync(string id, IReadOnlyList<string> regions, CancellationToken cancellation) =>
        ToImage(await client.SendAsync(new ReplicateImage(id, new(regions)), cancellation).ConfigureAwait(false));

    public async Task<ImageUpload> BeginImageUploadAsync(ImageUploadOrder order, CancellationToken cancellation)
    {
        var begun = await client.SendAsync(
            new UploadImage(new(order.Label, order.Region, SomeOrNull(order.Description), order.CloudInit, order.Tags)), cancellation)
            .ConfigureAwait(false);
        var to = new Uri(begun.UploadTo, UriKind.Absolute);
        return to.Scheme == Uri.UriSchemeHttps || to.IsLoopback ? new(ToImage(begun.Image), to)
            : throw new LinodeApiException(ApiFailure.BadAnswer, ApiProblems.InsecureAddress(to));
    }

    private static CloudImage ToImage(ImageReply reply) => new(reply.Id, reply.Label, reply.Status ?? "available", reply.Size, reply.Tags ?? [])
    {
        Description = reply.Description ?? "",
        Regions = [.. (reply.Regions ?? []).Select(region => new CloudImageRegion(region.Region, region.Status ?? "available"))],
        TotalMb = reply.TotalSize,
        HasCloudInit = reply.Capabilities?.Contains("cloud-init") == true,
        Created = reply.Created,
    };

    private static string? SomeOrNull(string text) => text.Length == 0 ? null : text;
}
