using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <content>Changes of what stands.</content>
internal sealed partial class V3Cloud
{
    // A node has one group, which its owner mark takes.
    public Task SetNodeTagsAsync(long id, IReadOnlyList<string> tags, CancellationToken cancellation) =>
        client.SendAsync(new UpdateLinode(id, new(DisplayGroup: OwnerIn(tags) ?? "")), cancellation);

    // The answer names no job: that the node is idle again tells of its end. Disks stay as they are, and the node stays off.
    public async Task ResizeNodeAsync(long id, string type, bool resizeDisks, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        await client.SendAsync(new ResizeLinode(id, names.Plan(type)), cancellation).ConfigureAwait(false);
    }

    public Task AddPrivateIpAsync(long id, CancellationToken cancellation) => client.SendAsync(new AddPrivateIp(id), cancellation);

    // Version 3 has no rebuild; what it creates is empty, and so is what it makes anew.
    public Task RebuildNodeAsync(long id, NodeRebuild order, CancellationToken cancellation) =>
        new EmptyNode(this, client.Time, id).RunAsync(cancellation);

    public async Task<bool> DeleteDiskAsync(long nodeId, long diskId, CancellationToken cancellation)
    {
        try
        {
            var asked = await client.SendAsync(new DeleteDisk(nodeId, diskId), cancellation).ConfigureAwait(false);
            ((V3EventWatch)Events).Remember(nodeId, "disk_delete", diskId, asked.JobId);
            return true;
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            return false;
        }
    }

    public async Task ResizeDiskAsync(long nodeId, long diskId, int sizeMb, CancellationToken cancellation)
    {
        var asked = await client.SendAsync(new ResizeDisk(nodeId, diskId, sizeMb), cancellation).ConfigureAwait(false);
        ((V3EventWatch)Events).Remember(nodeId, "disk_resize", diskId, asked.JobId);
    }

    public Task<bool> DeleteConfigAsync(long nodeId, long configId, CancellationToken cancellation) =>
        IsDeletedAsync(client.SendAsync(new DeleteConfig(nodeId, configId), cancellation));

    public async Task<CloudVolume> ResizeVolumeAsync(long volumeId, int sizeGb, CancellationToken cancellation)
    {
        await client.SendAsync(new UpdateVolume(volumeId, Size: sizeGb), cancellation).ConfigureAwait(false);
        return await VolumeAsync(volumeId, cancellation).ConfigureAwait(false);
    }

    public async Task<CloudVolume> SetVolumeTagsAsync(long volumeId, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        var (label, owner) = ((await VolumeAsync(volumeId, cancellation).ConfigureAwait(false)).Label, OwnerIn(tags));
        await client.SendAsync(new UpdateVolume(volumeId, V3Marks.Mark(label, owner)), cancellation).ConfigureAwait(false);
        var marked = await VolumeAsync(volumeId, cancellation).ConfigureAwait(false);
        return marked with { Tags = owner is null ? [] : [owner] };
    }

    public async Task<CloudVolume> CloneVolumeAsync(long volumeId, string label, CancellationToken cancellation)
    {
        await client.SendAsync(new CloneVolume(volumeId, label), cancellation).ConfigureAwait(false);
        return await ByLabelAsync(label, null, cancellation).ConfigureAwait(false)
            ?? throw new LinodeApiException(ApiFailure.AnswerLost, V3Problems.Vanished(label));
    }

    public async Task<CloudBalancerPort> CreateBalancerPortAsync(long balancerId, BalancerPortOrder order, CancellationToken cancellation)
    {
        var id = await OpenAsync(balancerId, order, cancellation).ConfigureAwait(false);
        return (await GetBalancerPortsAsync(balancerId, cancellation).ConfigureAwait(false)).FirstOrDefault(port => port.Id == id)
            ?? throw new LinodeApiException(ApiFailure.NotFound, V3Problems.Vanished($"port {order.Port}"));
    }

    public Task UpdateBalancerPortAsync(long balancerId, long portId, BalancerPortOrder order, CancellationToken cancellation) =>
        client.SendAsync(new UpdateBalancerConfig(portId, BodyOf(order)), cancellation);

    public Task<bool> DeleteBalancerPortAsync(long balancerId, long portId, CancellationToken cancellation) =>
        IsDeletedAsync(client.SendAsync(new DeleteBalancerConfig(balancerId, portId), cancellation));

    public Task SetBackendModeAsync(long balancerId, long portId, long backendId, string mode, CancellationToken cancellation) =>
        client.SendAsync(new UpdateBalancerNode(backendId, new(Mode: mode)), cancellation);

    public Task SetFirewallRulesAsync(long firewallId, FirewallRules rules, CancellationToken cancellation) =>
        throw new LinodeApiException(ApiFailure.Refused, V3Problems.NoFirewalls());
}
