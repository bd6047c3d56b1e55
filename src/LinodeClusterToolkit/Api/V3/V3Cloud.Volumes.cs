using System.Runtime.CompilerServices;

namespace LinodeClusterToolkit.Api.V3;

/// <content>Volumes, as far as version 3 had them.</content>
internal sealed partial class V3Cloud
{
    public async Task<CloudVolume> CreateVolumeAsync(VolumeOrder order, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var owner = OwnerIn(order.Tags);
        var label = V3Marks.Mark(order.Label, owner);
        await client.SendAsync(
            new CreateVolume(label, order.SizeGb, order.NodeId is null ? names.Datacenter(order.Region) : null, order.NodeId), cancellation)
            .ConfigureAwait(false);
        return await ByLabelAsync(label, owner, cancellation).ConfigureAwait(false)
            ?? throw new LinodeApiException(ApiFailure.AnswerLost, V3Problems.Vanished(order.Label));
    }

    public async IAsyncEnumerable<CloudVolume> ListVolumesAsync(CloudFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        foreach (var row in await client.SendAsync(new ListVolumes(), cancellation).ConfigureAwait(false))
        {
            if (Fits(row.Label, filter) is { } tags)
            {
                yield return VolumeOf(row, tags, names);
            }
        }
    }

    public async Task<CloudVolume> AttachVolumeAsync(long volumeId, long nodeId, long? configId, CancellationToken cancellation)
    {
        await client.SendAsync(new UpdateVolume(volumeId, LinodeId: nodeId), cancellation).ConfigureAwait(false);
        return await VolumeAsync(volumeId, cancellation).ConfigureAwait(false);
    }

    public Task DetachVolumeAsync(long volumeId, CancellationToken cancellation) =>
        client.SendAsync(new UpdateVolume(volumeId, LinodeId: 0), cancellation);

    public Task<bool> DeleteVolumeAsync(long volumeId, CancellationToken cancellation) =>
        IsDeletedAsync(client.SendAsync(new DeleteVolume(volumeId), cancellation));

    private async Task<CloudVolume> VolumeAsync(long volumeId, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var rows = await client.SendAsync(new ListVolumes(volumeId), cancellation).ConfigureAwait(false);
        return rows.FirstOrDefault(row => row.VolumeId == volumeId) is { } found
            ? VolumeOf(found, V3Marks.Read(found.Label, null).Tags, names)
            : throw new LinodeApiException(ApiFailure.NotFound, V3Problems.Vanished($"volume {volumeId}"));
    }

    private async Task<CloudVolume?> ByLabelAsync(string label, string? owner, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var row = (await client.SendAsync(new ListVolumes(), cancellation).ConfigureAwait(false)).FirstOrDefault(one => one.Label == label);
        return row is null ? null : VolumeOf(row, V3Marks.Read(label, owner).Tags, names);
    }

    private static CloudVolume VolumeOf(VolumeReply row, IReadOnlyList<string> tags, V3Catalogue.Numbers names) => new(
        row.VolumeId, V3Marks.Read(row.Label, null).Label, row.Status is "" or "available" ? "active" : row.Status, row.Size ?? 0,
        names.Region(row.DatacenterId), row.LinodeId is null or 0 ? null : row.LinodeId, $"/dev/disk/by-id/scsi-0Linode_Volume_{row.Label}", tags);

    private static string? OwnerIn(IReadOnlyList<string> tags) => tags.LastOrDefault(tag => tag.StartsWith(OwnerPrefix, StringComparison.Ordinal));

    // The tags of a thing of that label, where it fits; null where it does not.
    private static IReadOnlyList<string>? Fits(string label, CloudFilter filter)
    {
        var owner = filter.Tag ?? filter.Owner;
        var (_, tags) = V3Marks.Read(label, owner);
        var isLabelled = filter.Label is null || label == V3Marks.Mark(filter.Label, owner) || label == filter.Label;
        return isLabelled && (filter.Tag is null || tags.Contains(filter.Tag)) ? tags : null;
    }
}
