using System.Globalization;
using System.Text.RegularExpressions;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Makes records of what stands in the account: an inventory that was lost, or nodes that were made by other means.</summary>
internal sealed partial class Importer(Workshop shop, LinodeCatalog catalog)
{
    /// <summary>The cluster as it is known from now on.</summary>
    /// <exception cref="LinodeToolkitException">The name or the tag is taken, or nothing carries the tag.</exception>
    public async Task<ClusterRecord> ImportAsync(ImportRequest request, CancellationToken cancellation)
    {
        Names.DemandGood(request.Cluster);
        var plan = request.Plan is null ? null
            : PlanResolver.Resolve(request.Plan, new ResolveRequest(request.Cluster, catalog) { Set = request.Set }).OrThrow();
        var held = await HeldLease.TakeAsync(shop.Leases, request.Cluster, "import", shop.Self, shop.Time, cancellation).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);
        var store = shop.Store.Under(held.Lease);
        var owner = OthersCloud.ClusterOf(request.Tag);
        var before = await DemandFreeAsync(request, owner, cancellation).ConfigureAwait(false);
        var tagged = await shop.Cloud.ListNodesAsync(new CloudFilter(Tag: request.Tag), cancellation).ToListAsync(cancellation).ConfigureAwait(false);
        var nodes = await OthersCloud.WithoutAsync(store, tagged, node => node.Tags, cancellation).ConfigureAwait(false);
        if (nodes.Count == 0)
        {
            throw new LinodeToolkitException(ClusterProblems.NothingTagged(request.Tag));
        }

        var cluster = new ClusterRecord(
            owner ?? Guid.CreateVersion7(), request.Cluster, ClusterState.Creating, request.Plan?.Text ?? "", request.Plan?.Name ?? "",
            ResolvedPlanJson.Write(plan ?? new ResolvedPlan(request.Cluster, request.Cluster, [], new Dictionary<string, long>(), [])),
            shop.Time.GetUtcNow())
        {
            // What was not made here is not deleted here by accident.
            IsProtected = owner is null || plan?.Protect == true,
        };
        await (before is null ? store.TryAddClusterAsync(cluster, cancellation) : store.UpdateClusterAsync(cluster, cancellation)).ConfigureAwait(false);
        var book = await ClusterBook.OpenAsync(store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        await EnterNodesAsync(book, nodes, plan, owner is null, cancellation).ConfigureAwait(false);
        if (owner is not null)
        {
            await EnterRestAsync(book, plan, cancellation).ConfigureAwait(false);
        }

        await store.RaiseCountersAsync(cluster.Id, plan?.Counters ?? new Dictionary<string, long>(), cancellation).ConfigureAwait(false);
        await book.SaveClusterAsync(book.Cluster with { State = StateOf(book) }).ConfigureAwait(false);
        return book.Cluster;
    }

    /// <summary>The record of a deleted cluster of that owner tag, which is taken up again; null where there is none.</summary>
    private async Task<ClusterRecord?> DemandFreeAsync(ImportRequest request, Guid? owner, CancellationToken cancellation)
    {
        ClusterRecord? same = null;
        await foreach (var cluster in shop.Store.ListClustersAsync(true, cancellation).ConfigureAwait(false))
        {
            if (cluster.State != ClusterState.Deleted && (cluster.Name == request.Cluster || cluster.Id == owner))
            {
                throw new LinodeToolkitException(cluster.Name == request.Cluster
                    ? ClusterProblems.NameInUse(cluster.Name)
                    : ClusterProblems.KnownAlready(request.Tag, cluster.Name));
            }

            same = cluster.Id == owner ? cluster : same;
        }

        return same;
    }

    private async Task EnterNodesAsync(
        ClusterBook book, IReadOnlyList<CloudNode> nodes, ResolvedPlan? plan, bool isForeign, CancellationToken cancellation)
    {
        var planned = plan?.Nodes.ToDictionary(node => node.Label, StringComparer.Ordinal) ?? [];
        var taken = book.Nodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var records = new List<NodeRecord>();
        foreach (var node in nodes.OrderBy(node => node.Label, StringComparer.Ordinal))
        {
            var wanted = planned.GetValueOrDefault(node.Label);
            var (group, ordinal) = wanted is null ? PlaceOf(node, taken) : (wanted.Group, wanted.Ordinal);
            var key = $"{node.Region}/{group}/{ordinal.ToString(CultureInfo.InvariantCulture)}";
            taken.Add(key);
            records.Add(new(
                book.Cluster.Id, key, node.Label, node.Region, group, ordinal, node.Type, node.Image ?? "", wanted?.HostName ?? node.Label,
                [.. node.Tags.Where(tag => tag != book.Cluster.OwnerTag)], node.Status == "offline" ? NodeState.Stopped : NodeState.Ready)
            {
                LinodeId = node.Id, PublicIpv4 = node.PublicIpv4, PrivateIpv4 = node.PrivateIpv4, Ipv6 = node.Ipv6, Power = node.Status,
                PublicFqdn = wanted?.PublicFqdn, PrivateFqdn = wanted?.PrivateFqdn, Login = RemoteAccess.PolicyOf(book.Cluster).Admin,
                Stage = NodeStage.PlanReady, Configuration = ConfigurationState.Configured, Unwatched = node.IsWatched == false,
            });
            if (isForeign)
            {
                await shop.Cloud.TagNodeAsync(node.Id, book.Cluster.OwnerTag, cancellation).ConfigureAwait(false);
            }
        }

        await book.SaveNodesAsync(records).ConfigureAwait(false);
    }

    // A label made by default says group and number; of any other the letters before its number stand for the group.
    private static (string Group, int Ordinal) PlaceOf(CloudNode node, HashSet<string> taken)
    {
        var at = node.Label.IndexOf($"-{node.Region}-", StringComparison.Ordinal);
        var parts = NumberAtEnd().Match(at < 0 ? node.Label : node.Label[(at + node.Region.Length + 2)..]);
        var group = parts.Groups[1].Value is { Length: > 0 } name ? name.Trim('-', '_', '.') : "node";
        var ordinal = int.TryParse(parts.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        while (taken.Contains($"{node.Region}/{group}/{ordinal.ToString(CultureInfo.InvariantCulture)}"))
        {
            ordinal++;
        }

        return (group, ordinal);
    }

    private async Task EnterRestAsync(ClusterBook book, ResolvedPlan? plan, CancellationToken cancellation)
    {
        var (cluster, ours) = (book.Cluster, new CloudFilter(Tag: book.Cluster.OwnerTag));
        var volumes = plan?.Nodes.SelectMany(node => node.Volumes.Select(volume => (volume.Label, Key: $"{node.Key}/{volume.Name}", Node: node.Key)))
            .ToDictionary(one => one.Label, StringComparer.Ordinal) ?? [];
        await foreach (var volume in shop.Cloud.ListVolumesAsync(ours, cancellation).ConfigureAwait(false))
        {
            var holder = book.Nodes.FirstOrDefault(node => node.LinodeId == volume.NodeId && volume.NodeId is not null)?.Key;
            var wanted = volumes.GetValueOrDefault(volume.Label);
            await book.SaveResourceAsync(new(cluster.Id, ResourceKind.Volume, wanted.Key ?? $"{holder ?? volume.Region}/{volume.Label}", volume.Label, volume.Id)
            {
                Region = volume.Region, NodeKey = wanted.Node ?? holder, Size = volume.SizeGb, Address = volume.FilesystemPath,
            }).ConfigureAwait(false);
        }

        var balancers = plan?.Balancers.ToDictionary(balancer => balancer.Label, balancer => balancer.Key, StringComparer.Ordinal) ?? [];
        await foreach (var balancer in shop.Cloud.ListBalancersAsync(ours, cancellation).ConfigureAwait(false))
        {
            var key = balancers.GetValueOrDefault(balancer.Label, $"{balancer.Region}/{balancer.Label}");
            await book.SaveResourceAsync(new(cluster.Id, ResourceKind.Balancer, key, balancer.Label, balancer.Id)
            {
                Region = balancer.Region, Address = balancer.Ipv4,
            }).ConfigureAwait(false);
        }

        await foreach (var firewall in shop.Cloud.ListFirewallsAsync(ours, cancellation).ConfigureAwait(false))
        {
            await book.SaveResourceAsync(new(cluster.Id, ResourceKind.Firewall, "firewall", firewall.Label, firewall.Id)).ConfigureAwait(false);
            await book.SaveClusterAsync(book.Cluster with { FirewallId = firewall.Id }).ConfigureAwait(false);
        }

        // StackScripts are found by their description when the cluster is deleted; nothing else needs them.
    }

    private static ClusterState StateOf(ClusterBook book) =>
        book.Nodes.All(node => node.State is NodeState.Stopped or NodeState.Gone) ? ClusterState.Stopped
        : book.Nodes.Any(node => node.State == NodeState.Stopped) ? ClusterState.Degraded
        : ClusterState.Started;

    [GeneratedRegex(@"^(.*?)(\d{0,9})$")]
    private static partial Regex NumberAtEnd();
}
