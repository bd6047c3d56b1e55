using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Api.V3;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Something in the account that carries an owner tag, and that no record knows.</summary>
/// <param name="Kind">node, balancer, volume, firewall or stackscript.</param>
/// <param name="Id">Its id in the cloud.</param>
/// <param name="Label">Its label.</param>
/// <param name="Region">Region id, where it has one.</param>
/// <param name="OwnerTag">The owner tag it carries.</param>
/// <param name="Cluster">Name of the cluster the tag is of; null where no cluster of this inventory, not even a deleted one, had it.</param>
/// <param name="Hourly">What it costs, USD per hour.</param>
/// <param name="Monthly">The same per month.</param>
public sealed record Orphan(
    string Kind, long Id, string Label, string? Region, string OwnerTag, string? Cluster, decimal Hourly, decimal Monthly);

/// <summary>Finds what carries an owner tag and is in no record, and deletes of it what this inventory had made.</summary>
internal sealed class Orphans(Workshop shop)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>What there is, in the order it can be deleted in.</summary>
    /// <remarks>What a run at work may just be making is none, nor is what an unfinished run finds by its label when it goes on.</remarks>
    public async Task<IReadOnlyList<Orphan>> FindAsync(CancellationToken cancellation)
    {
        var records = await RecordsAsync(cancellation).ConfigureAwait(false);
        var catalog = await shop.Catalogs.GetAsync(false, cancellation).ConfigureAwait(false);
        var found = new List<Orphan>();
        var all = new CloudFilter();
        await foreach (var balancer in shop.Cloud.ListBalancersAsync(all, cancellation).ConfigureAwait(false))
        {
            Add("balancer", balancer.Id, balancer.Label, balancer.Region, balancer.Tags);
        }

        await foreach (var node in shop.Cloud.ListNodesAsync(all, cancellation).ConfigureAwait(false))
        {
            Add("node", node.Id, node.Label, node.Region, node.Tags, type: node.Type);
        }

        await foreach (var volume in shop.Cloud.ListVolumesAsync(all, cancellation).ConfigureAwait(false))
        {
            Add("volume", volume.Id, volume.Label, volume.Region, volume.Tags, size: volume.SizeGb);
        }

        await foreach (var firewall in shop.Cloud.ListFirewallsAsync(all, cancellation).ConfigureAwait(false))
        {
            Add("firewall", firewall.Id, firewall.Label, null, firewall.Tags);
        }

        await foreach (var script in shop.Cloud.ListOwnStackScriptsAsync(null, cancellation).ConfigureAwait(false))
        {
            Add("stackscript", script.Id, script.Label, null, [script.Description]);
        }

        return await OthersCloud.WithoutAsync(shop.Store, found, one => [one.OwnerTag], cancellation).ConfigureAwait(false);

        void Add(string kind, long id, string label, string? region, IReadOnlyList<string> tags, string? type = null, int size = 0)
        {
            if (tags.FirstOrDefault(tag => tag.StartsWith(OthersCloud.Prefix, StringComparison.Ordinal)) is { } seen
                && records.WholeOf(seen) is var tag && !records.Knows(kind, id, label, tag))
            {
                var cost = Pricing.Of(kind, type, region, size, catalog);
                found.Add(new(kind, id, label, region, tag, records.NameOf(tag), cost.Hourly, cost.Monthly));
            }
        }
    }

    /// <summary>Deletes those that a cluster of this inventory had made; a volume is waited for until the cloud has let go of it.</summary>
    /// <exception cref="ArgumentException">One is of no cluster known here: another machine may be working on it.</exception>
    public async Task DeleteAsync(Orphan orphan, CancellationToken cancellation)
    {
        var own = await OthersCloud.WithoutAsync(shop.Store, [orphan], one => [one.OwnerTag], cancellation).ConfigureAwait(false);
        if (orphan.Cluster is null || own.Count == 0)
        {
            throw new ArgumentException($"{orphan.Label} is of no cluster of this inventory", nameof(orphan));
        }

        await OnceOnly.WithinAsync(shop.Patience, $"{orphan.Kind} {orphan.Label}", "in use", cancellation, async token =>
        {
            while (!await TryDeleteAsync(orphan, token).ConfigureAwait(false))
            {
                await Task.Delay(Pause, shop.Time, token).ConfigureAwait(false);
            }

            return orphan;
        }).ConfigureAwait(false);
    }

    private async Task<bool> TryDeleteAsync(Orphan orphan, CancellationToken cancellation)
    {
        try
        {
            _ = orphan.Kind switch
            {
                "balancer" => await shop.Cloud.DeleteBalancerAsync(orphan.Id, cancellation).ConfigureAwait(false),
                "node" => await shop.Cloud.DeleteNodeAsync(orphan.Id, cancellation).ConfigureAwait(false),
                "volume" => await shop.Cloud.DeleteVolumeAsync(orphan.Id, cancellation).ConfigureAwait(false),
                "firewall" => await shop.Cloud.DeleteFirewallAsync(orphan.Id, cancellation).ConfigureAwait(false),
                _ => await shop.Cloud.DeleteStackScriptAsync(orphan.Id, cancellation).ConfigureAwait(false),
            };
            return true;
        }
        catch (LinodeApiException busy) when (busy.Failure == ApiFailure.Busy)
        {
            return false;
        }
    }

    private async Task<Known> RecordsAsync(CancellationToken cancellation)
    {
        var known = new Known();
        await foreach (var cluster in shop.Store.ListClustersAsync(true, cancellation).ConfigureAwait(false))
        {
            known.Names[cluster.OwnerTag] = cluster.Name;
            if (cluster.State == ClusterState.Deleted)
            {
                continue;
            }

            var book = await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
            var nodes = book.Nodes.Where(node => node.State != NodeState.Gone).ToList();
            known.Ids.UnionWith(nodes.Select(node => node.LinodeId).OfType<long>().Select(id => ("node", id)));
            known.Ids.UnionWith(book.Resources.Where(made => made.CloudId is not null).Select(made => (Word(made.Kind), made.CloudId!.Value)));
            known.Awaited.UnionWith(nodes.Where(node => node.LinodeId is null).Select(node => ("node", node.Label)));
            var lease = await shop.Leases.FindAsync(cluster.Name, cancellation).ConfigureAwait(false);
            if (lease?.IsHeldAt(shop.Time.GetUtcNow(), shop.Self) == true || await IsUnfinishedAsync(cluster, cancellation).ConfigureAwait(false))
            {
                known.Open.Add(cluster.OwnerTag);
            }
        }

        return known;
    }

    private async Task<bool> IsUnfinishedAsync(ClusterRecord cluster, CancellationToken cancellation)
    {
        await foreach (var run in shop.Store.ListRunsAsync(cluster.Id, cancellation).ConfigureAwait(false))
        {
            if (run.Id == cluster.LastRun)
            {
                return run.State is "running" or "interrupted";
            }
        }

        return cluster.State == ClusterState.Creating;
    }

    private static string Word(ResourceKind kind) => kind.ToString().ToLowerInvariant();

    private sealed class Known
    {
        public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

        public HashSet<(string Kind, long Id)> Ids { get; } = [];

        /// <summary>Asked for, and not known by an id yet.</summary>
        public HashSet<(string Kind, string Label)> Awaited { get; } = [];

        /// <summary>Owner tags of clusters whose run is at work or was left: what it made last may not be in a record yet.</summary>
        public HashSet<string> Open { get; } = new(StringComparer.Ordinal);

        /// <summary>The owner's mark of which only the end was seen, as far as it is known here.</summary>
        public string WholeOf(string tag) => Names.ContainsKey(tag) ? tag : Names.Keys.FirstOrDefault(owner => V3Marks.IsOf(tag, owner)) ?? tag;

        public string? NameOf(string tag) => Names.GetValueOrDefault(tag);

        public bool Knows(string kind, long id, string label, string tag) =>
            Ids.Contains((kind, id)) || Open.Contains(tag) || (Awaited.Contains((kind, label)) && Names.ContainsKey(tag));
    }
}
