using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>The verbs of the pipelines in calls of API v4; <see cref="Orders"/> and <see cref="Replies"/> turn them to the wire and back.</summary>
internal sealed partial class V4Cloud(LinodeV4Client client, Func<LinodeV4Client, IEventWatch>? watch = null) : ILinodeCloud, IDisposable
{

    public string Description => client.Description;

    public IEventWatch Events { get; } = watch?.Invoke(client) ?? new V4EventWatch(client, client.Time);

    public Task<LinodeOffer> GetOfferAsync(CancellationToken cancellation) => V4Offer.GetAsync(client, cancellation);

    public async Task<CloudIdentity> GetIdentityAsync(CancellationToken cancellation)
    {
        var (profile, answer) = await client.AnswerAsync(new GetProfile(), cancellation).ConfigureAwait(false);
        return new(profile.Username, Scopes.Of(answer.Header("X-OAuth-Scopes")));
    }

    public async Task<CloudNode> CreateNodeAsync(NodeOrder order, CancellationToken cancellation) =>
        (await client.SendAsync(new CreateInstance(order.ToBody()), cancellation).ConfigureAwait(false)).ToNode();

    public IAsyncEnumerable<CloudNode> ListNodesAsync(CloudFilter filter, CancellationToken cancellation) =>
        client.ListAsync(new ListInstances { Filter = filter.ToV4() }, cancellation).Select(Replies.ToNode);

    public async Task<CloudNode?> FindNodeAsync(long id, CancellationToken cancellation)
    {
        try
        {
            return (await client.SendAsync(new GetInstance(id), cancellation).ConfigureAwait(false)).ToNode();
        }
        catch (LinodeApiException exception) when (exception.Failure == ApiFailure.NotFound)
        {
            return null;
        }
    }

    public Task BootNodeAsync(long id, long? configId, CancellationToken cancellation) =>
        client.SendAsync(new BootInstance(id, configId), cancellation);

    public Task ShutDownNodeAsync(long id, CancellationToken cancellation) => client.SendAsync(new ShutDownInstance(id), cancellation);

    public Task RebootNodeAsync(long id, CancellationToken cancellation) => client.SendAsync(new RebootInstance(id), cancellation);

    public Task SetWatchdogAsync(long id, bool on, CancellationToken cancellation) =>
        client.SendAsync(new UpdateInstance(id, new(WatchdogEnabled: on)), cancellation);

    public async Task TagNodeAsync(long id, string tag, CancellationToken cancellation)
    {
        // The list is replaced as a whole: adding to what stands is ours to do.
        var tags = (await client.SendAsync(new GetInstance(id), cancellation).ConfigureAwait(false)).Tags ?? [];
        await (tags.Contains(tag) ? Task.CompletedTask
            : client.SendAsync(new UpdateInstance(id, new(Tags: [.. tags, tag])), cancellation)).ConfigureAwait(false);
    }

    public Task<bool> DeleteNodeAsync(long id, CancellationToken cancellation) => DeleteAsync(new DeleteInstance(id), cancellation);

    public async Task<CloudDisk> CreateDiskAsync(long nodeId, DiskOrder order, CancellationToken cancellation) =>
        (await client.SendAsync(new CreateDisk(nodeId, order.ToBody()), cancellation).ConfigureAwait(false)).ToDisk();

    public IAsyncEnumerable<CloudDisk> ListDisksAsync(long nodeId, CancellationToken cancellation) =>
        client.ListAsync(new ListDisks(nodeId), cancellation).Select(Replies.ToDisk);

    public async Task<CloudConfig> CreateConfigAsync(long nodeId, ConfigOrder order, CancellationToken cancellation) =>
        (await client.SendAsync(new CreateConfig(nodeId, order.ToBody()), cancellation).ConfigureAwait(false)).ToConfig();

    public IAsyncEnumerable<CloudConfig> ListConfigsAsync(long nodeId, CancellationToken cancellation) =>
        client.ListAsync(new ListConfigs(nodeId), cancellation).Select(Replies.ToConfig);

    public async Task<CloudVolume> CreateVolumeAsync(VolumeOrder order, CancellationToken cancellation) =>
        (await client.SendAsync(new CreateVolume(order.ToBody()), cancellation).ConfigureAwait(false)).ToVolume();

    public IAsyncEnumerable<CloudVolume> ListVolumesAsync(CloudFilter filter, CancellationToken cancellation) =>
        client.ListAsync(new ListVolumes { Filter = filter.ToV4() }, cancellation).Select(Replies.ToVolume);

    public async Task<CloudVolume> AttachVolumeAsync(long volumeId, long nodeId, long? configId, CancellationToken cancellation) =>
        (await client.SendAsync(new AttachVolume(volumeId, new(nodeId, configId)), cancellation).ConfigureAwait(false)).ToVolume();

    public Task DetachVolumeAsync(long volumeId, CancellationToken cancellation) => client.SendAsync(new DetachVolume(volumeId), cancellation);

    public Task<bool> DeleteVolumeAsync(long volumeId, CancellationToken cancellation) => DeleteAsync(new DeleteVolume(volumeId), cancellation);

    public async Task<CloudBalancer> CreateBalancerAsync(BalancerOrder order, CancellationToken cancellation) =>
        (await client.SendAsync(new CreateBalancer(order.ToBody()), cancellation).ConfigureAwait(false)).ToBalancer();

    public IAsyncEnumerable<CloudBalancer> ListBalancersAsync(CloudFilter filter, CancellationToken cancellation) =>
        client.ListAsync(new ListBalancers { Filter = filter.ToV4() }, cancellation).Select(Replies.ToBalancer);

    public async Task<IReadOnlyList<CloudBalancerPort>> GetBalancerPortsAsync(long balancerId, CancellationToken cancellation)
    {
        var ports = new List<CloudBalancerPort>();
        await foreach (var config in client.ListAsync(new ListBalancerConfigs(balancerId), cancellation).ConfigureAwait(false))
        {
            ports.Add(await PortAsync(balancerId, config, cancellation).ConfigureAwait(false));
        }

        return ports;
    }

    public Task AddBackendAsync(long balancerId, long portId, BackendOrder order, CancellationToken cancellation) =>
        client.SendAsync(new CreateBalancerNode(balancerId, portId, new(order.Label, order.Address)), cancellation);

    public Task<bool> RemoveBackendAsync(long balancerId, long portId, long backendId, CancellationToken cancellation) =>
        DeleteAsync(new DeleteBalancerNode(balancerId, portId, backendId), cancellation);

    public Task<bool> DeleteBalancerAsync(long balancerId, CancellationToken cancellation) =>
        DeleteAsync(new DeleteBalancer(balancerId), cancellation);

    public async Task<CloudFirewall> CreateFirewallAsync(FirewallOrder order, CancellationToken cancellation) =>
        (await client.SendAsync(new CreateFirewall(order.ToBody()), cancellation).ConfigureAwait(false)).ToFirewall();

    public IAsyncEnumerable<CloudFirewall> ListFirewallsAsync(CloudFilter filter, CancellationToken cancellation) =>
        client.ListAsync(new ListFirewalls { Filter = filter.ToV4() }, cancellation).Select(Replies.ToFirewall);

    public IAsyncEnumerable<long> ListGuardedNodesAsync(long firewallId, CancellationToken cancellation) =>
        client.ListAsync(new ListFirewallDevices(firewallId), cancellation)
            .Where(device => device.Entity is { Type: "linode", Id: not null }).Select(device => device.Entity!.Id!.Value);

    public Task GuardNodeAsync(long firewallId, long nodeId, CancellationToken cancellation) =>
        client.SendAsync(new AddFirewallDevice(firewallId, new(nodeId, "linode")), cancellation);

    public Task<bool> DeleteFirewallAsync(long firewallId, CancellationToken cancellation) =>
        DeleteAsync(new DeleteFirewall(firewallId), cancellation);

    public async Task<CloudStackScript> CreateStackScriptAsync(StackScriptOrder order, CancellationToken cancellation) =>
        (await client.SendAsync(new CreateStackScript(order.ToBody()), cancellation).ConfigureAwait(false)).ToStackScript();

    // By label alone: whether the API filters by user name is not written anywhere.
    public IAsyncEnumerable<CloudStackScript> ListStackScriptsAsync(string label, CancellationToken cancellation) =>
        client.ListAsync(new ListStackScripts { Filter = V4Filter.None.Where("label", label) }, cancellation).Select(Replies.ToStackScript);

    public async Task<CloudStackScript?> FindStackScriptAsync(long id, CancellationToken cancellation)
    {
        try
        {
            return (await client.SendAsync(new GetStackScript(id), cancellation).ConfigureAwait(false)).ToStackScript();
        }
        catch (LinodeApiException exception) when (exception.Failure == ApiFailure.NotFound)
        {
            return null;
        }
    }

    public IAsyncEnumerable<CloudStackScript> ListOwnStackScriptsAsync(string? label, CancellationToken cancellation)
    {
        var mine = V4Filter.None.Where("mine", true);
        return client.ListAsync(new ListStackScripts { Filter = label is null ? mine : mine.Where("label", label) }, cancellation)
            .Select(Replies.ToStackScript);
    }

    public Task<bool> DeleteStackScriptAsync(long id, CancellationToken cancellation) => DeleteAsync(new DeleteStackScript(id), cancellation);

    public void Dispose()
    {
        (Events as IDisposable)?.Dispose();
        client.Dispose();
    }

    private async Task<CloudBalancerPort> PortAsync(long balancerId, BalancerConfigReply config, CancellationToken cancellation)
    {
        var nodes = client.ListAsync(new ListBalancerNodes(balancerId, config.Id), cancellation).Select(Replies.ToBackend);
        return config.ToPort(await nodes.ToListAsync(cancellation).ConfigureAwait(false));
    }

    private async Task<bool> DeleteAsync(V4Operation<NoReply> delete, CancellationToken cancellation)
    {
        try
        {
            await client.SendAsync(delete, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (LinodeApiException exception) when (exception.Failure == ApiFailure.NotFound)
        {
            return false;
        }
    }
}
