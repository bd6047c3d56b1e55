using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Carries out previews and deletes: opens the books, takes the lock, runs the change set.</summary>
internal sealed class Creator(Workshop shop, LinodeCatalogSource catalogs)
{
    private readonly ClusterSets sets = new(shop.Store, shop.Time);

    public async Task<RunSummary> CreateAsync(
        ClusterPreview preview, IRunObserver? observer, CancellationToken stop, CancellationToken cancellation)
    {
        await sets.DemandStartableAsync(preview.Cluster, force: false, cancellation).ConfigureAwait(false);
        if (preview.Situation == ClusterSituation.Other)
        {
            throw new LinodeToolkitException(ClusterProblems.Taken(preview.Cluster));
        }

        using var held = ClusterLock.Take(shop.LockFolder, preview.Cluster);
        var existing = await shop.Store.FindClusterAsync(preview.Cluster, cancellation).ConfigureAwait(false);
        if (existing is not null && preview.Nodes is null
            && ResolvedPlanJson.Fingerprint(ResolvedPlanJson.Read(existing.Resolved)) != ResolvedPlanJson.Fingerprint(preview.Plan))
        {
            // Between preview and lock another run made a cluster of another plan under this name.
            throw new LinodeToolkitException(ClusterProblems.Taken(preview.Cluster));
        }

        var cluster = existing ?? NewCluster(preview);
        if (cluster.State == ClusterState.Deleting)
        {
            throw new LinodeToolkitException(ClusterProblems.BeingDeleted(cluster.Name));
        }

        var book = await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        var changes = ChangePlanner.Additions(book.Cluster, preview.Plan, book.Nodes, book.Resources);

        // Before the first record: a token that is refused leaves no cluster behind that would be in the way of another plan.
        await ScopeCheck.DemandAsync(shop.Cloud, changes, cancellation).ConfigureAwait(false);
        await ActionCheck.DemandAsync(shop, changes, cancellation).ConfigureAwait(false);
        await RiderSizes.DemandDataAsync(preview.Plan, changes, shop.Secrets, cancellation).ConfigureAwait(false);
        if (existing is null && !await shop.Store.TryAddClusterAsync(cluster, cancellation).ConfigureAwait(false))
        {
            throw new LinodeToolkitException(ClusterProblems.Taken(preview.Cluster));
        }

        if (existing is not null && preview.Nodes is null)
        {
            await book.SaveClusterAsync(book.Cluster with
            {
                Resolved = ResolvedPlanJson.Write(preview.Plan), PlanText = preview.Request?.Plan.Text ?? book.Cluster.PlanText,
            }).ConfigureAwait(false);
        }

        await TryAgainAsync(book, changes.AddedNodes.Select(node => book.FindNode(node.Key)).OfType<NodeRecord>()).ConfigureAwait(false);
        await shop.Store.RaiseCountersAsync(cluster.Id, preview.Plan.Counters, cancellation).ConfigureAwait(false);
        await book.SaveNodesAsync([.. preview.Plan.Nodes.Where(node => book.FindNode(node.Key) is null).Select(node => Planned(cluster, node))])
            .ConfigureAwait(false);
        var verb = preview.Nodes is null ? "create" : "create-nodes";
        var run = await RunForAsync(book, verb, cancellation).ConfigureAwait(false);
        return await new ClusterRun(shop, preview.Catalog!, book, run, observer)
            .ExecuteAsync(changes, preview.Request?.OnFailure == OnFailure.Stop, stop, cancellation).ConfigureAwait(false);
    }

    /// <summary>Boots what is off, in the plan's order.</summary>
    public async Task<RunSummary> StartAsync(
        ClusterRecord cluster, StartRequest request, IRunObserver? observer, CancellationToken stop, CancellationToken cancellation)
    {
        await sets.DemandStartableAsync(cluster.Name, request.Force, cancellation).ConfigureAwait(false);
        return await PowerAsync(cluster, "start", ClusterState.Starting, request.Only, book =>
        {
            var plan = ResolvedPlanJson.Read(cluster.Resolved);
            PowerOrder.DemandStartable(plan, book.Nodes, request);
            return ChangePlanner.Start(book.Cluster, plan, book.Nodes, request.Only);
        }, observer, stop, cancellation).ConfigureAwait(false);
    }

    /// <summary>Shuts down what runs, in the reverse of the plan's order.</summary>
    public async Task<RunSummary> StopAsync(
        ClusterRecord cluster, StopRequest request, IRunObserver? observer, CancellationToken stop, CancellationToken cancellation)
    {
        await sets.DemandStoppableAsync(cluster.Name, request.Force, cancellation).ConfigureAwait(false);
        return await PowerAsync(cluster, "stop", ClusterState.Stopping, request.Only, book =>
        {
            var plan = ResolvedPlanJson.Read(cluster.Resolved);
            PowerOrder.DemandStoppable(plan, book.Nodes, request);
            return ChangePlanner.Stop(book.Cluster, plan, book.Nodes, request.Only) with { Force = request.Force, Unwatch = request.WatchdogOff };
        }, observer, stop, cancellation).ConfigureAwait(false);
    }

    public async Task<RunSummary> DeleteAsync(
        ClusterRecord cluster, DeleteRequest request, IRunObserver? observer, CancellationToken stop, CancellationToken cancellation)
    {
        if (ClusterSets.MembersOf(cluster).Count > 0)
        {
            throw new LinodeToolkitException(ClusterProblems.IsSet(cluster.Name));
        }

        await sets.DemandStoppableAsync(cluster.Name, request.Force, cancellation).ConfigureAwait(false);
        using var held = ClusterLock.Take(shop.LockFolder, cluster.Name);
        var book = await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        await CloudSweep.CollectAsync(shop.Cloud, book, cancellation).ConfigureAwait(false);
        var plan = ResolvedPlanJson.Read(book.Cluster.Resolved);
        var changes = ChangePlanner.Everything(book.Cluster, plan, book.Nodes, book.Resources, request.KeepVolumes) with { Force = request.Force };
        await ScopeCheck.DemandAsync(shop.Cloud, changes, cancellation).ConfigureAwait(false);
        await ActionCheck.DemandAsync(shop, changes, cancellation).ConfigureAwait(false);
        await book.SaveClusterAsync(book.Cluster with { State = ClusterState.Deleting }).ConfigureAwait(false);
        return await RunAsync(book, "delete", changes, observer, stop, cancellation).ConfigureAwait(false);
    }

    public async Task<RunSummary> DeleteNodesAsync(
        ClusterRecord cluster, IReadOnlyList<NodeRecord> nodes, bool force, IRunObserver? observer, CancellationToken stop,
        CancellationToken cancellation)
    {
        using var held = ClusterLock.Take(shop.LockFolder, cluster.Name);
        var book = await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        var plan = ResolvedPlanJson.Read(book.Cluster.Resolved);
        var changes = ChangePlanner.Removal(book.Cluster, plan, nodes, book.Nodes, book.Resources) with { Force = force };
        await ScopeCheck.DemandAsync(shop.Cloud, changes, cancellation).ConfigureAwait(false);
        await ActionCheck.DemandAsync(shop, changes, cancellation).ConfigureAwait(false);
        return await RunAsync(book, "delete-nodes", changes, observer, stop, cancellation).ConfigureAwait(false);
    }

    private async Task<RunSummary> PowerAsync(
        ClusterRecord cluster, string verb, ClusterState state, IReadOnlySet<string>? only, Func<ClusterBook, ChangeSet> plan,
        IRunObserver? observer, CancellationToken stop, CancellationToken cancellation)
    {
        if (ClusterSets.MembersOf(cluster).Count > 0)
        {
            throw new LinodeToolkitException(ClusterProblems.IsSet(cluster.Name));
        }

        using var held = ClusterLock.Take(shop.LockFolder, cluster.Name);
        var book = await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        PowerOrder.DemandGroups(book.Nodes, only);
        var changes = plan(book);
        await ScopeCheck.DemandAsync(shop.Cloud, changes, cancellation).ConfigureAwait(false);
        await ActionCheck.DemandAsync(shop, changes, cancellation).ConfigureAwait(false);
        await book.SaveClusterAsync(book.Cluster with { State = state }).ConfigureAwait(false);
        await TryAgainAsync(book, changes.StartedNodes).ConfigureAwait(false);
        return await RunAsync(book, verb, changes, observer, stop, cancellation).ConfigureAwait(false);
    }

    // What failed on a node that had been ready before is done again; the rest of it stands.
    private static Task TryAgainAsync(ClusterBook book, IEnumerable<NodeRecord> nodes) =>
        book.SaveNodesAsync([.. nodes.Where(node => node is { State: NodeState.Failed, Configuration: not ConfigurationState.None })
            .Select(node => node with { State = NodeState.Ready, Stage = NodeStage.None, Failure = null })]);

    private async Task<RunSummary> RunAsync(
        ClusterBook book, string verb, ChangeSet changes, IRunObserver? observer, CancellationToken stop, CancellationToken cancellation)
    {
        var run = await RunForAsync(book, verb, cancellation).ConfigureAwait(false);
        var catalog = await catalogs.GetAsync(false, cancellation).ConfigureAwait(false);
        return await new ClusterRun(shop, catalog, book, run, observer).ExecuteAsync(changes, false, stop, cancellation).ConfigureAwait(false);
    }

    private ClusterRecord NewCluster(ClusterPreview preview)
    {
        // Single nodes leave no plan behind: their records say all there is.
        var plan = preview.Nodes is null ? preview.Plan : preview.Plan with { Regions = [] };
        return new(
            Guid.CreateVersion7(), preview.Cluster, ClusterState.Creating, preview.Request?.Plan.Text ?? "", preview.Request?.Plan.Name ?? "",
            ResolvedPlanJson.Write(plan), shop.Time.GetUtcNow());
    }

    // An unfinished run of the same kind is gone on with: its journal tells which steps were begun.
    private async Task<RunRecord> RunForAsync(ClusterBook book, string verb, CancellationToken cancellation)
    {
        var cluster = book.Cluster;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var earlier in shop.Store.ListRunsAsync(null, cancellation).ConfigureAwait(false))
        {
            taken.Add(earlier.Id);
            if (earlier.ClusterId == cluster.Id && earlier.Id == cluster.LastRun && earlier.Verb == verb && earlier.State != "done")
            {
                return earlier with { State = "running", Ended = null };
            }
        }

        string id;
        do
        {
            id = Guid.NewGuid().ToString("N")[..6];
        }
        while (!taken.Add(id));
        await book.SaveClusterAsync(cluster with { LastRun = id }).ConfigureAwait(false);
        return new(id, cluster.Id, verb, "running", shop.Time.GetUtcNow(), null);
    }

    private static NodeRecord Planned(ClusterRecord cluster, ResolvedNode node) => new(
        cluster.Id, node.Key, node.Label, node.Region, node.Group, node.Ordinal, node.Type, node.Image, node.HostName, node.Tags, NodeState.Planned)
    {
        PublicFqdn = node.PublicFqdn, PrivateFqdn = node.PrivateFqdn,
    };
}
