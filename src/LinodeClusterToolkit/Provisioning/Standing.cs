using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>How a node may stand otherwise than it was made: somebody works on the account beside us, or the cloud lost something.</summary>
internal enum Slip
{
    /// <summary>There is no such node any more.</summary>
    Gone,

    /// <summary>It does not carry the owner tag any more.</summary>
    Untagged,

    /// <summary>It is off, and was booted.</summary>
    Off,

    /// <summary>It is not behind the cluster's firewall any more.</summary>
    Unguarded,

    /// <summary>A volume of it is not attached to it any more.</summary>
    Detached,
}

/// <summary>What stands of a cluster in the cloud, from a handful of list calls.</summary>
internal sealed class Standing
{
    private readonly Dictionary<long, CloudNode> nodes = [];
    private readonly HashSet<long> guarded = [];
    private readonly Dictionary<long, CloudVolume> volumes = [];
    private readonly ClusterBook book;

    private Standing(ClusterBook book) => this.book = book;

    /// <summary>Whether the cluster's firewall is gone from the cloud: nothing is behind it any more.</summary>
    public bool IsFirewallGone { get; private set; }

    /// <param name="cloud">The cloud.</param>
    /// <param name="book">The records.</param>
    /// <param name="wanted">Nodes it is about; they are asked for by their id where no list has them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<Standing> LookAsync(
        ILinodeCloud cloud, ClusterBook book, IReadOnlyCollection<NodeRecord> wanted, CancellationToken cancellation)
    {
        var (standing, ours) = (new Standing(book), new CloudFilter(Tag: book.Cluster.OwnerTag));
        await foreach (var node in cloud.ListNodesAsync(ours, cancellation).ConfigureAwait(false))
        {
            standing.nodes[node.Id] = node;
        }

        foreach (var id in wanted.Select(node => node.LinodeId).OfType<long>().Where(id => !standing.nodes.ContainsKey(id)))
        {
            if (await cloud.FindNodeAsync(id, cancellation).ConfigureAwait(false) is { } untagged)
            {
                standing.nodes[id] = untagged;
            }
        }

        if (book.Cluster.FirewallId is { } firewall)
        {
            await standing.GuardedAsync(cloud, firewall, cancellation).ConfigureAwait(false);
        }

        var keys = wanted.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        if (book.Resources.Any(made => made.Kind == ResourceKind.Volume && keys.Contains(made.NodeKey ?? "")))
        {
            await foreach (var volume in cloud.ListVolumesAsync(ours, cancellation).ConfigureAwait(false))
            {
                standing.volumes[volume.Id] = volume;
            }
        }

        return standing;
    }

    private async Task GuardedAsync(ILinodeCloud cloud, long firewall, CancellationToken cancellation)
    {
        try
        {
            guarded.UnionWith(await cloud.ListGuardedNodesAsync(firewall, cancellation).ToListAsync(cancellation).ConfigureAwait(false));
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            IsFirewallGone = true;
        }
    }

    /// <summary>What a node of ours has lost.</summary>
    /// <param name="node">Its record.</param>
    /// <param name="runs">Whether it is to run.</param>
    public IReadOnlyList<Slip> SlipsOf(NodeRecord node, bool runs)
    {
        if (!nodes.TryGetValue(node.LinodeId!.Value, out var found))
        {
            return [Slip.Gone];
        }

        return
        [
            .. found.Tags.Contains(book.Cluster.OwnerTag) ? (IEnumerable<Slip>)[] : [Slip.Untagged],
            .. runs && found.Status == "offline" ? (IEnumerable<Slip>)[Slip.Off] : [],
            .. book.Cluster.FirewallId is null || guarded.Contains(found.Id) ? (IEnumerable<Slip>)[] : [Slip.Unguarded],
            .. LooseVolumesOf(node).Select(_ => Slip.Detached),
        ];
    }

    /// <summary>Whether it is being deleted or shut down just now.</summary>
    public bool IsGoing(NodeRecord node) => nodes.GetValueOrDefault(node.LinodeId!.Value)?.Status is "deleting" or "shutting_down";

    /// <summary>Volumes of a node that are not attached to it.</summary>
    public IEnumerable<ResourceRecord> LooseVolumesOf(NodeRecord node) => book.Resources.Where(made =>
        made.Kind == ResourceKind.Volume && made.NodeKey == node.Key && made.CloudId is { } id && volumes.GetValueOrDefault(id)?.NodeId != node.LinodeId);

    /// <summary>A slip in words.</summary>
    public static string Say(Slip slip) => slip switch
    {
        Slip.Gone => "is gone from the cloud",
        Slip.Untagged => "has lost its owner tag",
        Slip.Off => "is off, though it was booted",
        Slip.Unguarded => "is not behind the cluster's firewall any more",
        _ => "has lost a volume",
    };
}
