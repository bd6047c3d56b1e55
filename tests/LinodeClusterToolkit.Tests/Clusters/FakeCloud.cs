using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <summary>A cloud in memory that does at once what it is told; remembers its calls, and fails where a test says so.</summary>
internal sealed partial class FakeCloud : ILinodeCloud, IEventWatch
{
    private readonly Lock gate = new();
    private long last;

    public List<string> Calls { get; } = [];

    public List<CloudNode> Nodes { get; } = [];

    public List<CloudDisk> Disks { get; } = [];

    public List<CloudConfig> Configs { get; } = [];

    public List<CloudVolume> Volumes { get; } = [];

    public List<CloudBalancer> Balancers { get; } = [];

    public List<CloudFirewall> Firewalls { get; } = [];

    public List<CloudStackScript> StackScripts { get; } = [];

    public List<CloudStackScript> PublicScripts { get; } = [];

    public IReadOnlyList<string> Scopes { get; init; } = ["*"];

    /// <summary>Nodes whose creation the event watch saw.</summary>
    public HashSet<long> Covered { get; } = [];

    /// <summary>Status a boot leaves a node in.</summary>
    public string AfterBoot { get; set; } = "running";

    /// <summary>Looks at each call before it is carried out; what it throws is the answer.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Looks at each call after it was carried out: what it throws is an answer that got lost.</summary>
    public Action<string> After { get; set; } = _ => { };

    public string Description => "a cloud in memory";

    public IEventWatch Events => this;

    public Task<LinodeOffer> GetOfferAsync(CancellationToken cancellation) => Do("offer", OfferNow);

    public Task<CloudIdentity> GetIdentityAsync(CancellationToken cancellation) => Do("identity", () => new CloudIdentity("me", Scopes));

    public Task<CloudNode> CreateNodeAsync(NodeOrder order, CancellationToken cancellation) => Do($"create {order.Label}", () =>
    {
        DemandFree(Nodes.Exists(node => node.Label == order.Label));
        var id = ++last;
        return Add(Nodes, new(
            id, order.Label, order.Region, order.Type, order.Image, order is { Booted: true, Image: not null } ? "running" : "offline",
            $"192.0.2.{id}", order.PrivateIp ? $"192.168.128.{id}" : null, null, order.Tags));
    });

    public IAsyncEnumerable<CloudNode> ListNodesAsync(CloudFilter filter, CancellationToken cancellation) =>
        List("nodes", Nodes, node => Fits(filter, node.Label, node.Tags));

    public Task<CloudNode?> FindNodeAsync(long id, CancellationToken cancellation) => Do($"node {id}", () => Nodes.Find(node => node.Id == id));

    public Task BootNodeAsync(long id, long? configId, CancellationToken cancellation) => Do($"boot {id}", () =>
    {
        var at = Nodes.FindIndex(node => node.Id == id);
        return Nodes[at] = Nodes[at] with { Status = AfterBoot };
    });

    public IAsyncEnumerable<long> ListGuardedNodesAsync(long firewallId, CancellationToken cancellation) =>
        List("guarded", Nodes, _ => true).Select(node => node.Id);

    public Task GuardNodeAsync(long firewallId, long nodeId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task TagNodeAsync(long id, string tag, CancellationToken cancellation) => throw new NotSupportedException();

    public Task SetWatchdogAsync(long id, bool on, CancellationToken cancellation) => throw new NotSupportedException();

    public Task ShutDownNodeAsync(long id, CancellationToken cancellation) =>
        Do($"shut down {id}", () => Change(Nodes, node => node.Id == id, node => node with { Status = "offline" }));

    public Task RebootNodeAsync(long id, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> DeleteNodeAsync(long id, CancellationToken cancellation) => Do($"delete node {id}", () => Nodes.RemoveAll(node => node.Id == id) > 0);

    public Task<CloudDisk> CreateDiskAsync(long nodeId, DiskOrder order, CancellationToken cancellation) =>
        Do($"disk {order.Label}", () => Add(Disks, new(++last, order.Label, "ready", order.Filesystem!, order.SizeMb)));

    public IAsyncEnumerable<CloudDisk> ListDisksAsync(long nodeId, CancellationToken cancellation) => List("disks", Disks, _ => true);

    public Task<CloudConfig> CreateConfigAsync(long nodeId, ConfigOrder order, CancellationToken cancellation) =>
        Do($"config {order.Label}", () => Add(Configs, new(++last, order.Label)));

    public IAsyncEnumerable<CloudConfig> ListConfigsAsync(long nodeId, CancellationToken cancellation) => List("configs", Configs, _ => true);

    public Task<CloudVolume> CreateVolumeAsync(VolumeOrder order, CancellationToken cancellation) => Do($"volume {order.Label}", () =>
    {
        DemandFree(Volumes.Exists(volume => volume.Label == order.Label));
        return Add(Volumes, new(++last, order.Label, "active", order.SizeGb, order.Region, order.NodeId, "/dev/disk", order.Tags));
    });

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CloudFilter filter, CancellationToken cancellation) =>
        List("volumes", Volumes, volume => Fits(filter, volume.Label, volume.Tags));

    public Task<CloudVolume> AttachVolumeAsync(long volumeId, long nodeId, long? configId, CancellationToken cancellation) =>
        Do($"attach {volumeId}", () =>
        {
            var at = Volumes.FindIndex(volume => volume.Id == volumeId);
            return Volumes[at] = Volumes[at] with { NodeId = nodeId };
        });

    public Task DetachVolumeAsync(long volumeId, CancellationToken cancellation) => Do(
        $"detach {volumeId}", () => Change(Volumes, volume => volume.Id == volumeId, volume => volume with { NodeId = null }));

    public Task<bool> DeleteVolumeAsync(long volumeId, CancellationToken cancellation) =>
        Do($"delete volume {volumeId}", () => Volumes.RemoveAll(volume => volume.Id == volumeId) > 0);

    public Task<CloudBalancer> CreateBalancerAsync(BalancerOrder order, CancellationToken cancellation) => Do($"balancer {order.Label}", () =>
    {
        DemandFree(Balancers.Exists(balancer => balancer.Label == order.Label));
        var made = Add(Balancers, new(++last, order.Label, order.Region, "192.0.2.99", null, order.Tags));
        PortsOf(made.Id).AddRange(order.Ports.Select(port => PortOf(port, ++last, [.. port.Backends.Select(BackendOf)])));
        return made;
    });

    public IAsyncEnumerable<CloudBalancer> ListBalancersAsync(CloudFilter filter, CancellationToken cancellation) =>
        List("balancers", Balancers, balancer => Fits(filter, balancer.Label, balancer.Tags));

    public Task<IReadOnlyList<CloudBalancerPort>> GetBalancerPortsAsync(long balancerId, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CloudBalancerPort>>([.. PortsOf(balancerId)]);

    public Task<bool> DeleteBalancerAsync(long balancerId, CancellationToken cancellation) =>
        Do($"delete balancer {balancerId}", () => Balancers.RemoveAll(balancer => balancer.Id == balancerId) > 0);

    public Task<CloudFirewall> CreateFirewallAsync(FirewallOrder order, CancellationToken cancellation) => Do($"firewall {order.Label}", () =>
    {
        DemandFree(Firewalls.Exists(firewall => firewall.Label == order.Label));
        return Add(Firewalls, new(++last, order.Label, "enabled", order.Tags));
    });

    public IAsyncEnumerable<CloudFirewall> ListFirewallsAsync(CloudFilter filter, CancellationToken cancellation) =>
        List("firewalls", Firewalls, firewall => Fits(filter, firewall.Label, firewall.Tags));

    public Task<bool> DeleteFirewallAsync(long firewallId, CancellationToken cancellation) =>
        Do($"delete firewall {firewallId}", () => Firewalls.RemoveAll(firewall => firewall.Id == firewallId) > 0);

    public Task<CloudStackScript> CreateStackScriptAsync(StackScriptOrder order, CancellationToken cancellation) =>
        Do($"script {order.Label}", () => Add(StackScripts, new(++last, order.Label, order.Description)));

    public IAsyncEnumerable<CloudStackScript> ListOwnStackScriptsAsync(string? label, CancellationToken cancellation) =>
        List("scripts", StackScripts, script => label is null || script.Label == label);

    public IAsyncEnumerable<CloudStackScript> ListStackScriptsAsync(string label, CancellationToken cancellation) =>
        List($"scripts {label}", [.. PublicScripts, .. StackScripts], script => script.Label == label);

    public Task<CloudStackScript?> FindStackScriptAsync(long id, CancellationToken cancellation) =>
        Do($"script {id}", () => PublicScripts.Concat(StackScripts).FirstOrDefault(script => script.Id == id));

    public Task<bool> DeleteStackScriptAsync(long id, CancellationToken cancellation) =>
        Do($"delete script {id}", () => StackScripts.RemoveAll(script => script.Id == id) > 0);

    public Task MarkAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<CloudEvent> WaitAsync(long nodeId, string action, long? subjectId, CancellationToken cancellation) =>
        Do($"event {action} {nodeId}", () => new CloudEvent(1, action, "finished", "linode", nodeId, subjectId, DateTimeOffset.UnixEpoch, null, null));

    public Task WaitIdleAsync(long nodeId, CancellationToken cancellation) => Do($"idle {nodeId}", () => nodeId);

    public Task<bool> CoversAsync(long nodeId, CancellationToken cancellation) => Task.FromResult(Covered.Contains(nodeId));

    public static LinodeApiException Fails(ApiFailure failure) => new(failure, new("LCT6000", "as the test says"));

    private static void DemandFree(bool taken)
    {
        if (taken)
        {
            throw Fails(ApiFailure.LabelTaken);
        }
    }

    private static bool Fits(CloudFilter filter, string label, IReadOnlyList<string> tags) =>
        (filter.Label is null || filter.Label == label) && (filter.Tag is null || tags.Contains(filter.Tag));

    private static T Add<T>(List<T> all, T one)
    {
        all.Add(one);
        return one;
    }

    private IAsyncEnumerable<T> List<T>(string what, List<T> all, Func<T, bool> fits) =>
        Carry($"list {what}", () => all.Where(fits).ToList()).ToAsyncEnumerable();

    private async Task<T> Do<T>(string call, Func<T> work)
    {
        await Task.Yield();
        return Carry(call, work);
    }

    private T Carry<T>(string call, Func<T> work)
    {
        lock (gate)
        {
            Calls.Add(call);
            Before(call);
            var answer = work();
            After(call);
            return answer;
        }
    }
}
