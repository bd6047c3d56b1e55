namespace LinodeClusterToolkit.Api.V4;

/// <content>Owner marks on what was made by other means.</content>
internal sealed partial class V4Cloud
{
    private const string OwnerPrefix = "lct:";

    public async Task<IReadOnlyList<string>?> MarkAsync(CloudThing what, long id, string mark, CancellationToken cancellation)
    {
        try
        {
            // The list is replaced as a whole: adding to what stands is ours to do, and so is seeing that nobody else was quicker.
            var tags = await TagsOfAsync(what, id, cancellation).ConfigureAwait(false);
            return tags.Any(tag => tag.StartsWith(OwnerPrefix, StringComparison.Ordinal)) ? tags
                : await TagAsync(what, id, new([.. tags, mark]), cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> TagsOfAsync(CloudThing what, long id, CancellationToken cancellation) => what switch
    {
        CloudThing.Node => (await client.SendAsync(new GetInstance(id), cancellation).ConfigureAwait(false)).Tags,
        CloudThing.Volume => (await client.SendAsync(new GetVolume(id), cancellation).ConfigureAwait(false)).Tags,
        CloudThing.Balancer => (await client.SendAsync(new GetBalancer(id), cancellation).ConfigureAwait(false)).Tags,
        _ => (await client.SendAsync(new GetFirewall(id), cancellation).ConfigureAwait(false)).Tags,
    } ?? [];

    private async Task<IReadOnlyList<string>> TagAsync(CloudThing what, long id, TagsBody tags, CancellationToken cancellation) => what switch
    {
        CloudThing.Node => (await client.SendAsync(new UpdateInstance(id, new(Tags: tags.Tags)), cancellation).ConfigureAwait(false)).Tags,
        CloudThing.Volume => (await client.SendAsync(new UpdateVolume(id, new(Tags: tags.Tags)), cancellation).ConfigureAwait(false)).Tags,
        CloudThing.Balancer => (await client.SendAsync(new TagBalancer(id, tags), cancellation).ConfigureAwait(false)).Tags,
        _ => (await client.SendAsync(new TagFirewall(id, tags), cancellation).ConfigureAwait(false)).Tags,
    } ?? tags.Tags;
}
