namespace LinodeClusterToolkit.Api.V3;

/// <content>Owner marks on what was made by other means: nodes alone can get one, in the place of their display group.</content>
internal sealed partial class V3Cloud
{
    public async Task<IReadOnlyList<string>?> MarkAsync(CloudThing what, long id, string mark, CancellationToken cancellation)
    {
        if (what != CloudThing.Node)
        {
            // A volume or balancer has its mark in its label: it would be another name for whoever made it.
            throw new NotSupportedException($"version 3 of the API has no tags for a {what.ToString().ToLowerInvariant()}");
        }

        if (await FindNodeAsync(id, cancellation).ConfigureAwait(false) is not { } node)
        {
            return null;
        }

        if (node.Tags.Any(tag => tag.StartsWith(OwnerPrefix, StringComparison.Ordinal)))
        {
            return node.Tags;
        }

        await TagNodeAsync(id, mark, cancellation).ConfigureAwait(false);
        return [mark];
    }
}
