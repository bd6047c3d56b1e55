using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What was seen of a cluster in the cloud; what is null was not looked at.</summary>
internal sealed record CloudSight
{
    public IReadOnlyList<CloudNode>? Nodes { get; init; }

    public IReadOnlyList<CloudVolume>? Volumes { get; init; }

    public IReadOnlyList<CloudBalancer>? Balancers { get; init; }

    public IReadOnlyList<CloudFirewall>? Firewalls { get; init; }

    public IReadOnlyList<CloudStackScript>? Scripts { get; init; }

    /// <summary>Ports by the id of their balancer.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<CloudBalancerPort>> Ports { get; init; } =
        new Dictionary<long, IReadOnlyList<CloudBalancerPort>>();

    /// <summary>Ids of the nodes behind the cluster's firewall; null too where there is none.</summary>
    public IReadOnlySet<long>? Guarded { get; init; }

    /// <summary>Whether the API knows tags beside the owner mark.</summary>
    public bool KnowsTags { get; init; } = true;

    /// <summary>How labels of volumes and balancers are told by lists.</summary>
    public Func<string, string> LabelSeen { get; init; } = label => label;

    /// <summary>What was not looked at, as the token may not read it.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];
}

/// <summary>Looks at what stands of a cluster: a list of each kind, whatever number of nodes there are, and the ports of each balancer.</summary>
internal sealed class CloudLook(ILinodeCloud cloud, DriftRecords records, IReadOnlyList<string> granted)
{
    private readonly CloudFilter ours = new(Tag: records.Cluster.OwnerTag);
    private readonly List<string> unseen = [];

    public static async Task<CloudSight> LookAsync(ILinodeCloud cloud, DriftRecords records, CancellationToken cancellation)
    {
        var granted = (await cloud.GetIdentityAsync(cancellation).ConfigureAwait(false)).Scopes;
        return await new CloudLook(cloud, records, granted).LookAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<CloudSight> LookAsync(CancellationToken cancellation)
    {
        var firewalls = await ListAsync(
            "firewall", "firewalls", cloud.ListFirewallsAsync, one => one.Id, records.Ids(ResourceKind.Firewall), cancellation).ConfigureAwait(false);
        var guarded = firewalls?.Any(one => one.Id == records.Cluster.FirewallId) != true ? null
            : await cloud.ListGuardedNodesAsync(records.Cluster.FirewallId!.Value, cancellation).ToHashSetAsync(cancellationToken: cancellation)
                .ConfigureAwait(false);
        long[] known = [.. records.Standing.Select(node => node.LinodeId!.Value), .. guarded ?? []];
        var nodes = await ListAsync("linodes", "nodes", cloud.ListNodesAsync, one => one.Id, known, cancellation).ConfigureAwait(false);
        var volumes = await ListAsync(
            "volumes", "volumes", cloud.ListVolumesAsync, one => one.Id, records.Ids(ResourceKind.Volume), cancellation).ConfigureAwait(false);
        var balancers = await ListAsync(
            "nodebalancers", "balancers", cloud.ListBalancersAsync, one => one.Id, records.Ids(ResourceKind.Balancer), cancellation)
            .ConfigureAwait(false);
        return new()
        {
            Nodes = nodes, Volumes = volumes, Balancers = balancers, Firewalls = firewalls, Guarded = guarded,
            Ports = await PortsAsync(balancers ?? [], cancellation).ConfigureAwait(false),
            Scripts = MayRead("stackscripts", "StackScripts")
                ? await cloud.ListOwnStackScriptsAsync(null, cancellation).ToListAsync(cancellation).ConfigureAwait(false) : null,
            KnowsTags = cloud.Abilities.Tags, LabelSeen = cloud.LabelSeen,
            Unseen = unseen,
        };
    }

    // What carries the tag, and what is known by its id and does not carry it any more: that is looked for in one list of all, not one by one.
    private async Task<IReadOnlyList<T>?> ListAsync<T>(
        string scope, string what, Func<CloudFilter, CancellationToken, IAsyncEnumerable<T>> list, Func<T, long> id, IReadOnlyCollection<long> known,
        CancellationToken cancellation)
    {
        if (!MayRead(scope, what))
        {
            return null;
        }

        var tagged = await list(ours, cancellation).ToListAsync(cancellation).ConfigureAwait(false);
        var lost = known.Except(tagged.Select(id)).ToHashSet();
        var rest = lost.Count == 0 ? AsyncEnumerable.Empty<T>() : list(new CloudFilter(), cancellation).Where(one => lost.Contains(id(one)));
        return [.. tagged, .. await rest.ToListAsync(cancellation).ConfigureAwait(false)];
    }

    private async Task<IReadOnlyDictionary<long, IReadOnlyList<CloudBalancerPort>>> PortsAsync(
        IReadOnlyList<CloudBalancer> balancers, CancellationToken cancellation)
    {
        var (mine, ports) = (records.Ids(ResourceKind.Balancer), new Dictionary<long, IReadOnlyList<CloudBalancerPort>>());
        foreach (var balancer in balancers.Where(one => mine.Contains(one.Id)))
        {
            try
            {
                ports[balancer.Id] = await cloud.GetBalancerPortsAsync(balancer.Id, cancellation).ConfigureAwait(false);
            }
            catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
            {
                // Deleted since it was listed: the next look says so.
            }
        }

        return ports;
    }

    private bool MayRead(string scope, string what)
    {
        if (Scopes.Include(granted, $"{scope}:read_only"))
        {
            return true;
        }

        unseen.Add(what);
        return false;
    }
}
