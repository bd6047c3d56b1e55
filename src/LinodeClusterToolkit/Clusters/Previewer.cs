using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Works out what a run would do, without a write call.</summary>
internal sealed class Previewer(Workshop shop, LinodeCatalog catalog)
{
    public async Task<ClusterPreview> ClusterAsync(CreateRequest request, CancellationToken cancellation)
    {
        var existing = await shop.Store.FindClusterAsync(request.Cluster, cancellation).ConfigureAwait(false);
        var stored = existing is null ? null : ResolvedPlanJson.Read(existing.Resolved);
        var resolved = PlanResolver.Resolve(
            request.Plan, await AgainstAsync(request, existing, stored, cancellation).ConfigureAwait(false));
        var plan = await StoredScripts.FillAsync(shop.Cloud, resolved.OrThrow(), stored, cancellation).ConfigureAwait(false);
        RiderSizes.Demand(plan);
        var book = await ClusterBook.OpenAsync(shop.Store, existing ?? Unborn(request.Cluster), shop.Time, cancellation).ConfigureAwait(false);
        var changes = ChangePlanner.Additions(book.Cluster, plan, book.Nodes, book.Resources);
        var situation = existing switch
        {
            null => ClusterSituation.New,
            _ when ResolvedPlanJson.Fingerprint(plan) != ResolvedPlanJson.Fingerprint(stored!) => ClusterSituation.Other,
            { State: not (ClusterState.Creating or ClusterState.Starting or ClusterState.Deleting) }
                when changes.IsEmpty && ResolvedPlanJson.HasSameActions(plan, stored!) => ClusterSituation.Finished,
            _ => ClusterSituation.Unfinished,
        };
        return Preview(request.Cluster, plan, situation, changes, book, [.. resolved.Warnings]) with { Request = request };
    }

    public async Task<ClusterPreview> NodesAsync(NodeRequest request, CancellationToken cancellation)
    {
        var name = request.Cluster ?? NodePlans.LooseCluster;
        var existing = await shop.Store.FindClusterAsync(name, cancellation).ConfigureAwait(false);
        if (existing is null && request.Cluster is not null)
        {
            var known = await NamesAsync(cancellation).ConfigureAwait(false);
            throw new LinodeToolkitException(ClusterProblems.NoSuch("cluster", name, Hints.Nearest(name, known)));
        }

        var book = await ClusterBook.OpenAsync(shop.Store, existing ?? Unborn(name), shop.Time, cancellation).ConfigureAwait(false);
        var counters = existing is null
            ? new Dictionary<string, long>()
            : await shop.Store.GetCountersAsync(existing.Id, cancellation).ConfigureAwait(false);
        var plan = NodePlans.For(request, name, catalog, book.Nodes, counters);
        var changes = ChangePlanner.Additions(book.Cluster, plan, book.Nodes, book.Resources);
        return Preview(name, plan, existing is null ? ClusterSituation.New : ClusterSituation.Unfinished, changes, book, []) with { Nodes = request };
    }

    private async Task<ResolveRequest> AgainstAsync(
        CreateRequest request, ClusterRecord? existing, ResolvedPlan? stored, CancellationToken cancellation)
    {
        var against = new ResolveRequest(request.Cluster, catalog) { Set = request.Set };
        return existing is null ? against : against with
        {
            Known = stored!.Nodes.ToDictionary(node => node.Key, StringComparer.Ordinal),
            Counters = await shop.Store.GetCountersAsync(existing.Id, cancellation).ConfigureAwait(false),
        };
    }

    private ClusterPreview Preview(
        string cluster, ResolvedPlan plan, ClusterSituation situation, ChangeSet changes, ClusterBook book, IReadOnlyList<Problem> warnings)
    {
        var identities = shop.Remote.IdentitiesOf(book.Cluster);
        var nobody = new NodeCredentials([], (_, _) => throw new InvalidOperationException("a preview makes no node"), identities, plan.Ssh);
        var graph = Blueprint.Draw(
            changes, shop.Parts(new ProvisioningTools(shop.Cloud, book, nobody, shop.Secrets, shop.Patience), shop.Remote.ToolsFor(book, identities)));
        var adds = new AddCounts(
            changes.AddedNodes.Count(node => book.FindNode(node.Key)?.LinodeId is null), changes.AddedVolumes.Count(), changes.AddedBalancers.Count,
            changes.NeedsFirewall ? 1 : 0);
        return new(cluster, plan, situation, adds, Pricing.Of(plan, catalog), Blueprint.Bound(graph, shop.Limits), warnings) { Catalog = catalog };
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var cluster in shop.Store.ListClustersAsync(false, cancellation).ConfigureAwait(false))
        {
            names.Add(cluster.Name);
        }

        return names;
    }

    private ClusterRecord Unborn(string name) => new(Guid.CreateVersion7(), name, ClusterState.Creating, "", "", "", shop.Time.GetUtcNow());
}
