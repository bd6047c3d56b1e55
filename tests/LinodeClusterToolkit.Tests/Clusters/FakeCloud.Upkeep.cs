using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <content>Changes of what stands.</content>
internal sealed partial class FakeCloud
{
    /// <summary>Ports by the id of their balancer.</summary>
    public Dictionary<long, List<CloudBalancerPort>> Ports { get; } = [];

    /// <summary>What nodes were last made anew from.</summary>
    public Dictionary<long, NodeRebuild> Rebuilds { get; } = [];

    public Task SetNodeTagsAsync(long id, IReadOnlyList<string> tags, CancellationToken cancellation) =>
        Do($"tags of node {id}", () => Change(Nodes, node => node.Id == id, node => node with { Tags = tags }));

    public Task ResizeNodeAsync(long id, string type, bool resizeDisks, CancellationToken cancellation) =>
        Do($"resize node {id} to {type}", () => Change(Nodes, node => node.Id == id, node => node with { Type = type }));

    public Task AddPrivateIpAsync(long id, CancellationToken cancellation) =>
        Do($"private address of node {id}", () => Change(Nodes, node => node.Id == id, node => node with { PrivateIpv4 = $"192.168.128.{id}" }));

    public Task RebuildNodeAsync(long id, NodeRebuild order, CancellationToken cancellation) => Do($"rebuild {id}", () =>
    {
        Rebuilds[id] = order;
        var status = order is { Booted: true, Image: not null } ? "running" : "offline";
        return Change(Nodes, node => node.Id == id, node => node with { Image = order.Image, Status = status });
    });

    public Task<bool> DeleteDiskAsync(long nodeId, long diskId, CancellationToken cancellation) =>
        Do($"delete disk {diskId}", () => Disks.RemoveAll(disk => disk.Id == diskId) > 0);

    public Task ResizeDiskAsync(long nodeId, long diskId, int sizeMb, CancellationToken cancellation) =>
        Do($"resize disk {diskId}", () => Change(Disks, disk => disk.Id == diskId, disk => disk with { SizeMb = sizeMb }));

    public Task<bool> DeleteConfigAsync(long nodeId, long configId, CancellationToken cancellation) =>
        Do($"delete config {configId}", () => Configs.RemoveAll(config => config.Id == configId) > 0);

    public Task<CloudVolume> ResizeVolumeAsync(long volumeId, int sizeGb, CancellationToken cancellation) => Do(
        $"resize volume {volumeId} to {sizeGb}",
        () => Change(Volumes, volume => volume.Id == volumeId, volume => volume with { SizeGb = sizeGb }));

    public Task<CloudVolume> SetVolumeTagsAsync(long volumeId, IReadOnlyList<string> tags, CancellationToken cancellation) => Do(
        $"tags of volume {volumeId}", () => Change(Volumes, volume => volume.Id == volumeId, volume => volume with { Tags = tags }));

    public Task<CloudVolume> CloneVolumeAsync(long volumeId, string label, CancellationToken cancellation) =>
        Do($"clone volume {volumeId} as {label}", () =>
        {
            DemandFree(Volumes.Exists(volume => volume.Label == label));
            return Add(Volumes, Volumes.First(volume => volume.Id == volumeId) with { Id = ++last, Label = label, NodeId = null, Tags = [] });
        });

    public Task<CloudBalancerPort> CreateBalancerPortAsync(long balancerId, BalancerPortOrder order, CancellationToken cancellation) =>
        Do($"open port {order.Port} of {balancerId}", () => Add(PortsOf(balancerId), PortOf(order, ++last, [.. order.Backends.Select(BackendOf)])));

    public Task UpdateBalancerPortAsync(long balancerId, long portId, BalancerPortOrder order, CancellationToken cancellation) =>
        Do($"change port {portId} of {balancerId}", () =>
            Change(PortsOf(balancerId), port => port.Id == portId, port => PortOf(order, portId, port.Backends)));

    public Task<bool> DeleteBalancerPortAsync(long balancerId, long portId, CancellationToken cancellation) =>
        Do($"close port {portId} of {balancerId}", () => PortsOf(balancerId).RemoveAll(port => port.Id == portId) > 0);

    public Task AddBackendAsync(long balancerId, long portId, BackendOrder order, CancellationToken cancellation) =>
        Do($"add back end {order.Label} to port {portId}", () => Change(
            PortsOf(balancerId), port => port.Id == portId, port => port with { Backends = [.. port.Backends, BackendOf(order)] }));

    public Task<bool> RemoveBackendAsync(long balancerId, long portId, long backendId, CancellationToken cancellation) =>
        Do($"remove back end {backendId} from port {portId}", () =>
        {
            var had = PortsOf(balancerId).First(port => port.Id == portId).Backends.Any(backend => backend.Id == backendId);
            Change(PortsOf(balancerId), port => port.Id == portId, port => port with
            {
                Backends = [.. port.Backends.Where(backend => backend.Id != backendId)],
            });
            return had;
        });

    public Task SetBackendModeAsync(long balancerId, long portId, long backendId, string mode, CancellationToken cancellation) =>
        Do($"{mode} back end {backendId} of port {portId}", () => Change(PortsOf(balancerId), port => port.Id == portId, port => port with
        {
            Backends = [.. port.Backends.Select(backend => backend.Id == backendId ? backend with { Mode = mode } : backend)],
        }));

    public Task SetFirewallRulesAsync(long firewallId, FirewallRules rules, CancellationToken cancellation) => Do(
        $"rules of firewall {firewallId}",
        () => Change(Firewalls, firewall => firewall.Id == firewallId, firewall => firewall with { Rules = rules }));

    private static T Change<T>(List<T> all, Predicate<T> which, Func<T, T> change)
    {
        var at = all.FindIndex(which);
        return at < 0 ? throw Fails(ApiFailure.NotFound) : all[at] = change(all[at]);
    }

    private static CloudBalancerPort PortOf(BalancerPortOrder order, long id, IReadOnlyList<CloudBackend> backends) =>
        new(id, order.Port, order.Protocol, backends)
        {
            Algorithm = order.Algorithm, Stickiness = order.Stickiness, Check = order.Check, CheckPath = order.CheckPath,
            CheckBody = order.CheckBody, CheckInterval = order.CheckInterval, CheckTimeout = order.CheckTimeout, CheckAttempts = order.CheckAttempts,
        };

    private CloudBackend BackendOf(BackendOrder order) => new(++last, order.Label, order.Address, "Unknown") { Mode = "accept", Weight = 100 };

    private List<CloudBalancerPort> PortsOf(long balancer)
    {
        if (!Ports.TryGetValue(balancer, out var ports))
        {
            Ports[balancer] = ports = [];
        }

        return ports;
    }
}
