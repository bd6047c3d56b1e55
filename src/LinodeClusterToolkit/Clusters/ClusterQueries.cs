using System.Runtime.CompilerServices;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Inventory.Queries;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Reads what the inventory holds, by names written liberally.</summary>
internal sealed class ClusterQueries(IInventoryStore store, LinodeCatalogSource catalogs)
{
    public async IAsyncEnumerable<ClusterView> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var cluster in store.ListClustersAsync(false, cancellation).ConfigureAwait(false))
        {
            yield return await ViewAsync(cluster, cancellation).ConfigureAwait(false);
        }
    }

    public async Task<ClusterRecord> FindAsync(string name, CancellationToken cancellation)
    {
        var all = await AllAsync(store.ListClustersAsync(false, cancellation)).ConfigureAwait(false);
        return NameMatch.Of("cluster", name, all, cluster => [cluster.Name]);
    }

    public async Task<ClusterView> GetAsync(string name, CancellationToken cancellation) =>
        await ViewAsync(await FindAsync(name, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    /// <summary>Nodes that fit; a condition is first brought to what records hold: ids of the catalogue, types of a price, moments.</summary>
    /// <exception cref="LinodeToolkitException">A region, type or image of the condition is none that is offered, and of no node.</exception>
    public async IAsyncEnumerable<NodeRecord> NodesAsync(
        NodeQuery query, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (query.Where is { } asked)
        {
            var names = new NodeFilterNames(catalogs.Offline());
            query = (query with { Where = asked.At(now).With(names.Resolve) }).Lifted();
            foreach (var doubtful in names.Doubtful)
            {
                await DemandKnownAsync(asked, doubtful, cancellation).ConfigureAwait(false);
            }
        }

        await foreach (var node in store.ListNodesAsync(query, cancellation).ConfigureAwait(false))
        {
            yield return node;
        }
    }

    public async Task<NodeRecord> NodeAsync(string name, string? cluster, CancellationToken cancellation)
    {
        var within = cluster is null ? null : (await FindAsync(cluster, cancellation).ConfigureAwait(false)).Name;
        var all = await AllAsync(store.ListNodesAsync(new NodeQuery(within), cancellation)).ConfigureAwait(false);
        var byId = all.FirstOrDefault(node => node.LinodeId?.ToString() == name);
        return byId ?? NameMatch.Of("node", name, all, node => new[] { node.Label, node.HostName, node.Key }.Distinct(StringComparer.Ordinal));
    }

    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(CancellationToken cancellation)
    {
        var all = await AllAsync(store.ListClustersAsync(true, cancellation)).ConfigureAwait(false);
        return all.ToDictionary(cluster => cluster.Id, cluster => cluster.Name);
    }

    public async IAsyncEnumerable<RunRecord> RunsAsync(string? cluster, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var id = cluster is null ? (Guid?)null : (await FindAsync(cluster, cancellation).ConfigureAwait(false)).Id;
        await foreach (var run in store.ListRunsAsync(id, cancellation).ConfigureAwait(false))
        {
            yield return run;
        }
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items.ConfigureAwait(false))
        {
            all.Add(item);
        }

        return all;
    }

    // What is offered no more may still run: then it is no slip of the pen.
    private async Task DemandKnownAsync(NodeFilter asked, DoubtfulName name, CancellationToken cancellation)
    {
        var query = new NodeQuery(IncludeGone: true) { Where = asked.With(new Condition.Among(name.Field, [name.Value])) };
        if (!await store.ListNodesAsync(query, cancellation).AnyAsync(cancellation).ConfigureAwait(false))
        {
            throw new LinodeToolkitException(asked.Place(name.Problem, name.At));
        }
    }

    private async Task<ClusterView> ViewAsync(ClusterRecord cluster, CancellationToken cancellation)
    {
        if (ClusterSets.MembersOf(cluster) is { Count: > 0 } members)
        {
            return await SetViewAsync(cluster, members, cancellation).ConfigureAwait(false);
        }

        var nodes = await AllAsync(store.ListNodesAsync(new NodeQuery { ClusterId = cluster.Id }, cancellation)).ConfigureAwait(false);
        var resources = await AllAsync(store.ListResourcesAsync(cluster.Id, cancellation)).ConfigureAwait(false);
        var cost = Pricing.Of(nodes, resources, catalogs.Offline());
        return new(cluster, nodes, resources, ResolvedPlanJson.Read(cluster.Resolved), cost);
    }

    // A set is what its members are together.
    private async Task<ClusterView> SetViewAsync(ClusterRecord set, IReadOnlyList<ResolvedMember> members, CancellationToken cancellation)
    {
        var views = new List<ClusterView>();
        foreach (var member in members)
        {
            if (await store.FindClusterAsync(member.Cluster, cancellation).ConfigureAwait(false) is { } found)
            {
                views.Add(await ViewAsync(found, cancellation).ConfigureAwait(false));
            }
        }

        var states = views.Select(view => view.Cluster.State).ToHashSet();
        var state = views.Count < members.Count ? ClusterState.Creating : states.Count == 1 ? states.Single()
            : states.FirstOrDefault(
                one => one is ClusterState.Creating or ClusterState.Starting or ClusterState.Stopping or ClusterState.Deleting, ClusterState.Degraded);
        var costs = views.Select(view => view.Cost).OfType<PlanCost>().ToList();
        return new(
            set with { State = state }, [.. views.SelectMany(view => view.Nodes)], [.. views.SelectMany(view => view.Resources)],
            ResolvedPlanJson.Read(set.Resolved),
            new(costs.Sum(cost => cost.Hourly), costs.Sum(cost => cost.Monthly), [.. costs.SelectMany(cost => cost.Lines)]))
        {
            Members = views,
        };
    }
}
