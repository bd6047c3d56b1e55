using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>What an import sees of the account.</summary>
internal sealed record ImportSight
{
    public IReadOnlyList<CloudNode> Nodes { get; init; } = [];

    public IReadOnlyList<CloudVolume> Volumes { get; init; } = [];

    public IReadOnlyList<CloudBalancer> Balancers { get; init; } = [];

    public IReadOnlyList<CloudFirewall> Firewalls { get; init; } = [];

    /// <summary>Ports by the id of their balancer, where the state says something of them.</summary>
    public Dictionary<long, IReadOnlyList<CloudBalancerPort>> Ports { get; } = [];

    /// <summary>Ids of nodes by the id of the firewall they are behind.</summary>
    public Dictionary<long, IReadOnlySet<long>> Guarded { get; } = [];

    /// <summary>What was not looked at, as the token may not read it.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];

    /// <summary>The firewall that becomes the cluster's own; null where there is none of which that is sure.</summary>
    /// <param name="isForeign">True where others made it: whatever is behind it not yet would be put there with the next run.</param>
    public CloudFirewall? OwnFirewall(bool isForeign)
    {
        CloudFirewall[] all =
            [.. Firewalls.Where(one => !isForeign || Nodes.All(node => Guarded.GetValueOrDefault(one.Id)?.Contains(node.Id) == true))];
        return all.Length == 1 ? all[0] : null;
    }

    /// <summary>What carries one of these tags: a list of each kind for each tag.</summary>
    public static async Task<ImportSight> OfTagsAsync(ILinodeCloud cloud, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        var look = await LookAsync(cloud, cancellation).ConfigureAwait(false);
        CloudFilter[] filters = [.. tags.Select(tag => new CloudFilter(Tag: tag))];
        var sight = await look.SeeAsync(_ => true, filters, cancellation).ConfigureAwait(false);
        await sight.LookInsideAsync(cloud, [], cancellation).ConfigureAwait(false);
        return sight;
    }

    /// <summary>What a state names: a list of all there is of each kind that it has something of, cut down to those.</summary>
    public static async Task<ImportSight> OfStateAsync(ILinodeCloud cloud, TerraformState state, CancellationToken cancellation)
    {
        var look = await LookAsync(cloud, cancellation).ConfigureAwait(false);
        var types = state.Things.Select(thing => thing.Type).ToHashSet(StringComparer.Ordinal);
        var sight = await look.SeeAsync(kind => types.Contains(TypeOf(kind)), [new CloudFilter()], cancellation).ConfigureAwait(false);
        sight = sight with
        {
            Nodes = [.. sight.Nodes.Where(node => IsNamed(CloudThing.Node, node.Id))],
            Volumes = [.. sight.Volumes.Where(volume => IsNamed(CloudThing.Volume, volume.Id))],
            Balancers = [.. sight.Balancers.Where(balancer => IsNamed(CloudThing.Balancer, balancer.Id))],
            Firewalls = [.. sight.Firewalls.Where(firewall => IsNamed(CloudThing.Firewall, firewall.Id))],
        };
        await sight.LookInsideAsync(cloud, types, cancellation).ConfigureAwait(false);
        return sight;

        bool IsNamed(CloudThing kind, long id) => state.Things.Any(thing => thing.Type == TypeOf(kind) && thing.Id == id);
    }

    /// <summary>The type Terraform has for it.</summary>
    public static string TypeOf(CloudThing kind) => kind switch
    {
        CloudThing.Node => "linode_instance",
        CloudThing.Volume => "linode_volume",
        CloudThing.Balancer => "linode_nodebalancer",
        _ => "linode_firewall",
    };

    private static async Task<Look> LookAsync(ILinodeCloud cloud, CancellationToken cancellation) =>
        new(cloud, (await cloud.GetIdentityAsync(cancellation).ConfigureAwait(false)).Scopes);

    private async Task LookInsideAsync(ILinodeCloud cloud, HashSet<string> types, CancellationToken cancellation)
    {
        foreach (var balancer in types.Contains("linode_nodebalancer_config") ? Balancers : [])
        {
            Ports[balancer.Id] = await cloud.GetBalancerPortsAsync(balancer.Id, cancellation).ConfigureAwait(false);
        }

        foreach (var firewall in Firewalls)
        {
            Guarded[firewall.Id] = await cloud.ListGuardedNodesAsync(firewall.Id, cancellation)
                .ToHashSetAsync(cancellationToken: cancellation).ConfigureAwait(false);
        }
    }

    private sealed class Look(ILinodeCloud cloud, IReadOnlyList<string> granted)
    {
        private readonly List<string> unseen = [];

        public async Task<ImportSight> SeeAsync(Func<CloudThing, bool> isMeant, CloudFilter[] filters, CancellationToken cancellation) => new()
        {
            Nodes = await ListAsync("linodes", "nodes", isMeant(CloudThing.Node), filters, cloud.ListNodesAsync, cancellation).ConfigureAwait(false),
            Volumes = await ListAsync(
                "volumes", "volumes", isMeant(CloudThing.Volume), filters, cloud.ListVolumesAsync, cancellation).ConfigureAwait(false),
            Balancers = await ListAsync(
                "nodebalancers", "balancers", isMeant(CloudThing.Balancer), filters, cloud.ListBalancersAsync, cancellation).ConfigureAwait(false),
            Firewalls = await ListAsync(
                "firewall", "firewalls", isMeant(CloudThing.Firewall), filters, cloud.ListFirewallsAsync, cancellation).ConfigureAwait(false),
            Unseen = unseen,
        };

        private async Task<IReadOnlyList<T>> ListAsync<T>(
            string scope, string what, bool isMeant, CloudFilter[] filters, Func<CloudFilter, CancellationToken, IAsyncEnumerable<T>> list,
            CancellationToken cancellation)
        {
            if (!isMeant)
            {
                return [];
            }

            // Nodes are what it is about: a token that may not read them is told so by the API itself.
            if (scope != "linodes" && !Scopes.Include(granted, $"{scope}:read_only"))
            {
                unseen.Add(what);
                return [];
            }

            var found = new List<T>();
            foreach (var filter in filters)
            {
                found.AddRange(await list(filter, cancellation).ToListAsync(cancellation).ConfigureAwait(false));
            }

            return found;
        }
    }
}
