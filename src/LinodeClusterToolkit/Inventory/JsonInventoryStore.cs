using System.Runtime.CompilerServices;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.JsonFiles;
using LinodeClusterToolkit.Leases;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Records as text files that people and version control can read; the folder belongs to whoever opened it.</summary>
internal sealed class JsonInventoryStore : IInventoryStore
{
    private readonly JsonFolder folder;
    private readonly ToolkitContext context;
    private readonly Lease? lease;
    private readonly JsonClusters clusters;
    private readonly JsonChanges changes;
    private readonly JsonNodes nodes;

    public JsonInventoryStore(JsonFolder folder, ToolkitContext context)
        : this(folder, context, null, new(context.Scope))
    {
    }

    private JsonInventoryStore(JsonFolder folder, ToolkitContext context, Lease? lease, JsonClusters clusters)
    {
        (this.folder, this.context, this.lease, this.clusters) = (folder, context, lease, clusters);
        changes = new(context.Scope);
        nodes = new(clusters, changes);
    }

    public string Description => $"the inventory in {folder.Path}";

    private string Runs => context.Scope + "runs";

    public IInventoryStore Under(Lease held) => new JsonInventoryStore(folder, context, held, clusters);

    public Task<bool> TryAddClusterAsync(ClusterRecord cluster, CancellationToken cancellation) => WriteAsync(
        to =>
        {
            if (clusters.Get(to, cluster.Id) is { } there)
            {
                return there == cluster;
            }

            if (cluster.State != ClusterState.Deleted && clusters.Find(to, cluster.Name) is not null)
            {
                return false;
            }

            clusters.Add(to, cluster);
            changes.Add(to, StateChanges.Between(null, cluster));
            return true;
        },
        cancellation);

    public Task<bool> TryAddWholeAsync(
        ClusterRecord cluster, IReadOnlyCollection<NodeRecord> all, IReadOnlyCollection<StateChange> history, CancellationToken cancellation)
    {
        var (copy, story) = (all.ToArray(), history.ToArray());
        return WriteAsync(
            to =>
            {
                if (clusters.Get(to, cluster.Id) is not null
                    || (cluster.State != ClusterState.Deleted && clusters.Find(to, cluster.Name) is not null))
                {
                    return false;
                }

                clusters.Add(to, cluster);
                Array.ForEach(copy, node => nodes.Insert(to, node, Description));
                changes.Add(to, story);
                return true;
            },
            cancellation);
    }

    public Task UpdateClusterAsync(ClusterRecord cluster, CancellationToken cancellation) => WriteAsync(
        to =>
        {
            var before = clusters.Get(to, cluster.Id) ?? throw new LinodeToolkitException(InventoryProblems.NoSuchCluster(cluster.Name, Description));
            if (cluster.State != ClusterState.Deleted && clusters.Find(to, cluster.Name) is { } other && other.Id != cluster.Id)
            {
                throw new LinodeToolkitException(InventoryProblems.NameTaken(cluster.Name, Description));
            }

            clusters.Put(to, clusters.FolderOf(to, cluster.Id)!, cluster);
            changes.Add(to, StateChanges.Between(before, cluster));
            return true;
        },
        cancellation);

    public Task<ClusterRecord?> FindClusterAsync(string name, CancellationToken cancellation) =>
        folder.ReadAsync(view => clusters.Find(view, name), cancellation);

    public IAsyncEnumerable<ClusterRecord> ListClustersAsync(bool includeDeleted, CancellationToken cancellation) =>
        ListAsync(view => clusters.List(view, includeDeleted), cancellation);

    public async Task<IReadOnlySet<Guid>> OthersAmongAsync(IReadOnlyCollection<Guid> asked, CancellationToken cancellation)
    {
        var wanted = asked.ToHashSet();
        return await folder.ReadAsync(
            view => Scopes(view).Where(scope => scope != context.Scope).SelectMany(scope => new JsonClusters(scope).All(view))
                .Select(one => one.Cluster.Id).Where(wanted.Contains).ToHashSet(),
            cancellation).ConfigureAwait(false);
    }

    public Task SaveNodesAsync(IReadOnlyCollection<NodeRecord> changed, CancellationToken cancellation) =>
        SaveAsync(changed, (to, node) => nodes.Save(to, node, Description), cancellation);

    public async Task<IReadOnlyList<NodeRecord>> ChangeNodesAsync(
        Guid clusterId, IReadOnlyCollection<string> keys, Func<NodeRecord, NodeRecord> change, CancellationToken cancellation)
    {
        var copy = keys.ToArray();
        return await WriteAsync(
            to =>
            {
                var after = copy.Order(StringComparer.Ordinal).ToDictionary(
                    key => key, key => nodes.Change(to, clusterId, key, change, Description), StringComparer.Ordinal);
                return copy.Select(key => after[key]).ToArray();
            },
            cancellation).ConfigureAwait(false);
    }

    public IAsyncEnumerable<NodeRecord> ListNodesAsync(NodeQuery query, CancellationToken cancellation) =>
        ListAsync(view => nodes.List(view, query), cancellation);

    public Task SaveResourcesAsync(IReadOnlyCollection<ResourceRecord> changed, CancellationToken cancellation) =>
        SaveAsync(changed, (to, resource) => nodes.Save(to, resource, Description), cancellation);

    public Task RemoveResourceAsync(Guid clusterId, ResourceKind kind, string key, CancellationToken cancellation) =>
        WriteAsync(to => nodes.Remove(to, clusterId, kind, key), cancellation);

    public IAsyncEnumerable<ResourceRecord> ListResourcesAsync(Guid clusterId, CancellationToken cancellation) =>
        ListAsync(view => nodes.List(view, clusterId), cancellation);

    public async Task<IReadOnlyDictionary<string, long>> GetCountersAsync(Guid clusterId, CancellationToken cancellation) =>
        await folder.ReadAsync(view => clusters.Counters(view, clusterId), cancellation).ConfigureAwait(false);

    public Task RaiseCountersAsync(Guid clusterId, IReadOnlyDictionary<string, long> counters, CancellationToken cancellation)
    {
        var copy = counters.ToArray();
        return WriteAsync(to => clusters.Raise(to, clusterId, copy, Description), cancellation);
    }

    public Task SaveRunAsync(RunRecord run, CancellationToken cancellation) =>
        SaveAsync([run], (to, one) => to.Put($"{Runs}/{JsonForms.Run.FileOf(one)}", one, JsonForms.Run), cancellation);

    public IAsyncEnumerable<RunRecord> ListRunsAsync(Guid? clusterId, CancellationToken cancellation) => ListAsync(
        view => view.All(Runs, JsonForms.Run).Where(run => clusterId is null || run.ClusterId == clusterId)
            .OrderByDescending(run => run.Started).ThenByDescending(run => run.Id, StringComparer.Ordinal).ToList(),
        cancellation);

    public IAsyncEnumerable<StateChange> ListChangesAsync(ChangeQuery query, CancellationToken cancellation) =>
        ListAsync(view => changes.List(view, query), cancellation);

    public Task<long> LastChangeAsync(CancellationToken cancellation) => folder.ReadAsync(changes.Last, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<string> Scopes(FileView view)
    {
        var others = ToolkitContext.Others.TrimEnd('/');
        return (from application in view.Folders(others)
                from customer in view.Folders($"{others}/{application}")
                select $"{others}/{application}/{customer}/").Prepend("");
    }

    private Task SaveAsync<T>(IReadOnlyCollection<T> items, Action<FileTransaction, T> save, CancellationToken cancellation)
    {
        // Copied before anything is awaited: the caller may go on changing its collection.
        var copy = items.ToArray();
        return WriteAsync(
            to =>
            {
                Array.ForEach(copy, item => save(to, item));
                return copy.Length;
            },
            cancellation);
    }

    private Task<T> WriteAsync<T>(Func<FileTransaction, T> work, CancellationToken cancellation) => folder.WriteAsync(
        to =>
        {
            if (lease is not null)
            {
                JsonLeaseStore.Demand(to, context.Scope, lease);
            }

            return work(to);
        },
        cancellation);

    /// <summary>Reads all, then hands out: a lock held between items would keep others out, the caller's own loop among them.</summary>
    private async IAsyncEnumerable<T> ListAsync<T>(Func<FileView, List<T>> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var item in await folder.ReadAsync(read, cancellation).ConfigureAwait(false))
        {
            yield return item;
        }
    }
}
