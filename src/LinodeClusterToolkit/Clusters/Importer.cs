using System.Globalization;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Clusters.Imports;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Makes records of what stands in the account: an inventory that was lost, or what was made by other means.</summary>
/// <remarks>
/// First comes the record of the cluster, then the owner tags, then all other records: whatever is interrupted in between goes on with the same
/// import, and nothing that carries the tag of an unfinished import counts as an orphan.
/// </remarks>
internal sealed class Importer(Workshop shop, LinodeCatalog catalog)
{
    /// <summary>What would be taken up; sends no write call and makes no record.</summary>
    public async Task<ImportPreview> PreviewAsync(ImportRequest request, CancellationToken cancellation) =>
        (await new ImportSurvey(shop, catalog).LookAsync(request, cancellation).ConfigureAwait(false)).Preview;

    /// <summary>The cluster as it is known from now on.</summary>
    /// <exception cref="LinodeToolkitException">Some of it is another's, or it is not what was shown: nothing was changed.</exception>
    public async Task<ClusterRecord> ImportAsync(ImportPreview shown, CancellationToken cancellation)
    {
        var held = await HeldLease.TakeAsync(shop.Leases, shown.Cluster, ImportRun.Verb, shop.Self, shop.Time, cancellation).ConfigureAwait(false);
        await using var untilEnd = held.ConfigureAwait(false);
        var mine = shop.Under(held.Lease);
        var found = await new ImportSurvey(mine, catalog).LookAsync(shown.Request, cancellation).ConfigureAwait(false);
        await DemandAsync(shown, found, cancellation).ConfigureAwait(false);
        if (found.Preview.Situation == ImportSituation.Finished)
        {
            return found.Cluster!;
        }

        var cluster = await EnterAsync(mine.Store, found, cancellation).ConfigureAwait(false);
        var run = await ImportRun.BeginAsync(mine.Store, cluster, found.Begun, found.Source, shop.Time, cancellation).ConfigureAwait(false);
        try
        {
            return await TakeUpAsync(mine, cluster, found, run, held, cancellation).ConfigureAwait(false);
        }
        catch
        {
            var left = run with { State = "interrupted", Ended = shop.Time.GetUtcNow() };
            await mine.Store.SaveRunAsync(left, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task DemandAsync(ImportPreview shown, ImportFindings found, CancellationToken cancellation)
    {
        var preview = found.Preview;
        if (preview.Obstacle is { } obstacle)
        {
            throw new LinodeToolkitException(obstacle);
        }

        // What somebody has agreed to is what was shown, and nothing else.
        if (preview.Situation != ImportSituation.Finished && !found.Ids.SetEquals(shown.Taken.Select(item => (item.Kind, item.Id))))
        {
            throw new LinodeToolkitException(ImportProblems.Changed(preview.Source));
        }

        string[] needed = [.. preview.ToMark.Select(item => ScopeOf(item.Kind)).Distinct(StringComparer.Ordinal)];
        if (needed.Length > 0)
        {
            var granted = (await shop.Cloud.GetIdentityAsync(cancellation).ConfigureAwait(false)).Scopes;
            string[] missing = [.. needed.Where(scope => !Scopes.Include(granted, scope))];
            _ = missing.Length == 0 ? true : throw new LinodeToolkitException(ClusterProblems.ScopeMissing(missing, granted));
        }
    }

    private async Task<ClusterRecord> EnterAsync(IInventoryStore store, ImportFindings found, CancellationToken cancellation)
    {
        if (found is { Cluster: { State: not ClusterState.Deleted } begun })
        {
            return begun;
        }

        var (request, plan) = (found.Preview.Request, found.Plan);
        var cluster = new ClusterRecord(
            found.Owner ?? Guid.CreateVersion7(), request.Cluster, ClusterState.Creating, request.Plan?.Text ?? "", request.Plan?.Name ?? "",
            ResolvedPlanJson.Write(plan ?? new ResolvedPlan(request.Cluster, request.Cluster, [], new Dictionary<string, long>(), [])),
            shop.Time.GetUtcNow())
        {
            // What was not made here is not deleted here by accident.
            IsProtected = found.Owner is null || plan?.Protect == true,
            LastRun = await ImportRun.NewIdAsync(store, cancellation).ConfigureAwait(false),
        };
        if (found.Cluster is not null)
        {
            await store.UpdateClusterAsync(cluster, cancellation).ConfigureAwait(false);
        }
        else if (!await store.TryAddClusterAsync(cluster, cancellation).ConfigureAwait(false))
        {
            throw new LinodeToolkitException(ClusterProblems.NameInUse(request.Cluster));
        }

        return cluster;
    }

    private async Task<ClusterRecord> TakeUpAsync(
        Workshop mine, ClusterRecord cluster, ImportFindings found, RunRecord run, HeldLease held, CancellationToken cancellation)
    {
        foreach (var item in found.Preview.ToMark)
        {
            await held.DemandAsync().ConfigureAwait(false);
            var tags = await shop.Cloud.MarkAsync(ThingOf(item.Kind), item.Id, cluster.OwnerTag, cancellation).ConfigureAwait(false);
            if (tags?.Contains(cluster.OwnerTag) != true)
            {
                // Deleted, or another's, since it was looked at a moment ago.
                throw new LinodeToolkitException(ImportProblems.Changed(found.Preview.Source));
            }
        }

        var book = await ClusterBook.OpenAsync(mine.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        await book.SaveNodesAsync([.. found.Sight.Nodes.Select(node => RecordOf(book, node, found))]).ConfigureAwait(false);
        await EnterRestAsync(book, found).ConfigureAwait(false);
        await mine.Store.RaiseCountersAsync(cluster.Id, found.Plan?.Counters ?? new Dictionary<string, long>(), cancellation).ConfigureAwait(false);
        await book.SaveClusterAsync(book.Cluster with { State = StateOf(book) }).ConfigureAwait(false);
        await mine.Store.SaveRunAsync(run with { State = "done", Ended = shop.Time.GetUtcNow() }, CancellationToken.None).ConfigureAwait(false);
        return book.Cluster;
    }

    private static NodeRecord RecordOf(ClusterBook book, CloudNode node, ImportFindings found)
    {
        var (group, ordinal, key) = found.Places[node.Id];
        var wanted = found.Plan?.Nodes.FirstOrDefault(planned => planned.Label == node.Label);
        return new(
            book.Cluster.Id, key, node.Label, node.Region, group, ordinal, node.Type, node.Image ?? "", wanted?.HostName ?? node.Label,
            [.. node.Tags.Where(tag => tag != book.Cluster.OwnerTag)], node.Status == "offline" ? NodeState.Stopped : NodeState.Ready)
        {
            LinodeId = node.Id, PublicIpv4 = node.PublicIpv4, PrivateIpv4 = node.PrivateIpv4, Ipv6 = node.Ipv6, Power = node.Status,
            PublicFqdn = wanted?.PublicFqdn, PrivateFqdn = wanted?.PrivateFqdn, Login = RemoteAccess.PolicyOf(book.Cluster).Admin,
            Stage = NodeStage.PlanReady, Configuration = ConfigurationState.Configured, Unwatched = node.IsWatched == false,
        };
    }

    // StackScripts are found by their description when the cluster is deleted; nothing else needs them.
    private static async Task EnterRestAsync(ClusterBook book, ImportFindings found)
    {
        var (cluster, plan, sight) = (book.Cluster, found.Plan, found.Sight);
        var volumes = plan?.Nodes.SelectMany(node => node.Volumes.Select(volume => (volume.Label, Key: $"{node.Key}/{volume.Name}", Node: node.Key)))
            .ToDictionary(one => one.Label, StringComparer.Ordinal) ?? [];
        foreach (var volume in sight.Volumes)
        {
            var holder = book.Nodes.FirstOrDefault(node => node.LinodeId == volume.NodeId && volume.NodeId is not null)?.Key;
            var wanted = volumes.GetValueOrDefault(volume.Label);
            var key = wanted.Key ?? $"{holder ?? volume.Region}/{volume.Label}";
            await book.SaveResourceAsync(new(cluster.Id, ResourceKind.Volume, key, volume.Label, volume.Id)
            {
                Region = volume.Region, NodeKey = wanted.Node ?? holder, Size = volume.SizeGb, Address = volume.FilesystemPath,
            }).ConfigureAwait(false);
        }

        var balancers = plan?.Balancers.ToDictionary(balancer => balancer.Label, balancer => balancer.Key, StringComparer.Ordinal) ?? [];
        foreach (var balancer in sight.Balancers)
        {
            var key = balancers.GetValueOrDefault(balancer.Label, $"{balancer.Region}/{balancer.Label}");
            await book.SaveResourceAsync(new(cluster.Id, ResourceKind.Balancer, key, balancer.Label, balancer.Id)
            {
                Region = balancer.Region, Address = balancer.Ipv4,
            }).ConfigureAwait(false);
        }

        var own = sight.OwnFirewall(found.Owner is null)?.Id;
        foreach (var firewall in sight.Firewalls)
        {
            var key = firewall.Id == own ? "firewall" : string.Create(CultureInfo.InvariantCulture, $"firewall/{firewall.Id}");
            await book.SaveResourceAsync(new(cluster.Id, ResourceKind.Firewall, key, firewall.Label, firewall.Id)).ConfigureAwait(false);
        }

        await (own is null ? Task.CompletedTask : book.SaveClusterAsync(book.Cluster with { FirewallId = own })).ConfigureAwait(false);
    }

    private static CloudThing ThingOf(string kind) => kind switch
    {
        "node" => CloudThing.Node,
        "volume" => CloudThing.Volume,
        "balancer" => CloudThing.Balancer,
        _ => CloudThing.Firewall,
    };

    private static string ScopeOf(string kind) => kind switch
    {
        "node" => "linodes:read_write",
        "volume" => "volumes:read_write",
        "balancer" => "nodebalancers:read_write",
        _ => "firewall:read_write",
    };

    private static ClusterState StateOf(ClusterBook book) =>
        book.Nodes.All(node => node.State is NodeState.Stopped or NodeState.Gone) ? ClusterState.Stopped
        : book.Nodes.Any(node => node.State == NodeState.Stopped) ? ClusterState.Degraded
        : ClusterState.Started;
}
