using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <content>Changes of what stands.</content>
internal sealed partial class V4Cloud
{
    public Task SetNodeTagsAsync(long id, IReadOnlyList<string> tags, CancellationToken cancellation) =>
        client.SendAsync(new UpdateInstance(id, new(Tags: tags)), cancellation);

    public Task ResizeNodeAsync(long id, string type, bool resizeDisks, CancellationToken cancellation) =>
        client.SendAsync(new ResizeInstance(id, new(type, resizeDisks)), cancellation);

    public Task AddPrivateIpAsync(long id, CancellationToken cancellation) => client.SendAsync(new AddInstanceIp(id, IsPublic: false), cancellation);

    public Task RebuildNodeAsync(long id, NodeRebuild order, CancellationToken cancellation) => order.Image is null
        ? new EmptyNode(this, client.Time, id).RunAsync(cancellation)
        : client.SendAsync(new RebuildInstance(id, order.ToBody()), cancellation);

    public Task<bool> DeleteDiskAsync(long nodeId, long diskId, CancellationToken cancellation) =>
        DeleteAsync(new DeleteDisk(nodeId, diskId), cancellation);

    public Task ResizeDiskAsync(long nodeId, long diskId, int sizeMb, CancellationToken cancellation) =>
        client.SendAsync(new ResizeDisk(nodeId, diskId, sizeMb), cancellation);

    public Task<bool> DeleteConfigAsync(long nodeId, long configId, CancellationToken cancellation) =>
        DeleteAsync(new DeleteConfig(nodeId, configId), cancellation);

    public async Task<CloudVolume> ResizeVolumeAsync(long volumeId, int sizeGb, CancellationToken cancellation) =>
        (await client.SendAsync(new ResizeVolume(volumeId, sizeGb), cancellation).ConfigureAwait(false)).ToVolume();

    public async Task<CloudVolume> SetVolumeTagsAsync(long volumeId, IReadOnlyList<string> tags, CancellationToken cancellation) =>
        (await client.SendAsync(new UpdateVolume(volumeId, new(Tags: tags)), cancellation).ConfigureAwait(false)).ToVolume();

    public async Task<CloudVolume> CloneVolumeAsync(long volumeId, string label, CancellationToken cancellation) =>
        (await client.SendAsync(new CloneVolume(volumeId, label), cancellation).ConfigureAwait(false)).ToVolume();

    public async Task<CloudBalancerPort> CreateBalancerPortAsync(long balancerId, BalancerPortOrder order, CancellationToken cancellation)
    {
        var made = await client.SendAsync(new CreateBalancerConfig(balancerId, order.ToBody()), cancellation).ConfigureAwait(false);
        return await PortAsync(balancerId, made, cancellation).ConfigureAwait(false);
    }

    public Task UpdateBalancerPortAsync(long balancerId, long portId, BalancerPortOrder order, CancellationToken cancellation) =>
        client.SendAsync(new UpdateBalancerConfig(balancerId, portId, order.ToBody() with { Nodes = null }), cancellation);

    public Task<bool> DeleteBalancerPortAsync(long balancerId, long portId, CancellationToken cancellation) =>
        DeleteAsync(new DeleteBalancerConfig(balancerId, portId), cancellation);

    public Task SetBackendModeAsync(long balancerId, long portId, long backendId, string mode, CancellationToken cancellation) =>
        client.SendAsync(new UpdateBalancerNode(balancerId, portId, backendId, new(Mode: mode)), cancellation);

    public Task SetFirewallRulesAsync(long firewallId, FirewallRules rules, CancellationToken cancellation) =>
        client.SendAsync(new ReplaceFirewallRules(firewallId, rules.ToBody()), cancellation);
}
