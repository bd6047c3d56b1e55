using System.Runtime.CompilerServices;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Records in a database file, shared with other components and other processes; the file belongs to whoever opened it.</summary>
internal sealed class SqlInventoryStore(ISqlDatabase database, ToolkitContext context, SqlRight? right = null) : IInventoryStore
{
    private readonly SqlClusterRows clusters = new(context);
    private readonly SqlNodeRows nodes = new(context);
    private readonly SqlResourceRows resources = new(context);
    private readonly SqlChangeRows changes = new(context);

    public string Description => $"the inventory in {database.Description}";

    public IInventoryStore Under(Lease held) => new SqlInventoryStore(
        database, context, () => session => SqlLeaseStore.Demand(session, context.Application, context.Customer, held));

    public Task<bool> TryAddClusterAsync(ClusterRecord cluster, CancellationToken cancellation) =>
        WriteAsync(session => clusters.TryAdd(session, cluster), cancellation);

    public Task<bool> TryAddWholeAsync(
        ClusterRecord cluster, IReadOnlyCollection<NodeRecord> all, IReadOnlyCollection<StateChange> history, CancellationToken cancellation)
    {
        var (copy, story) = (all.ToArray(), history.ToArray());
        return WriteAsync(
            session =>
            {
                if (!clusters.TryInsert(session, cluster))
                {
                    return false;
                }

                nodes.Insert(session, copy);
                changes.Add(session, story);
                return true;
            },
            cancellation);
    }

    public Task UpdateClusterAsync(ClusterRecord cluster, CancellationToken cancellation) => WriteAsync(
        session => clusters.Update(session, cluster)
            ? true
            : throw new LinodeToolkitException(InventoryProblems.NoSuchCluster(cluster.Name, Description)),
        cancellation);

    public Task<ClusterRecord?> FindClusterAsync(string name, CancellationToken cancellation) =>
        database.ReadAsync(session => clusters.Find(session, name), cancellation);

    public IAsyncEnumerable<ClusterRecord> ListClustersAsync(bool includeDeleted, CancellationToken cancellation) =>
        ListAsync(session => clusters.List(session, includeDeleted), cancellation);

    public async Task<IReadOnlySet<Guid>> OthersAmongAsync(IReadOnlyCollection<Guid> asked, CancellationToken cancellation) =>
        await database.ReadAsync(session => clusters.OthersAmong(session, asked), cancellation).ConfigureAwait(false);

    public Task SaveNodesAsync(IReadOnlyCollection<NodeRecord> changed, CancellationToken cancellation) =>
        SaveAsync(changed, nodes.Save, cancellation);

    public async Task<IReadOnlyList<NodeRecord>> ChangeNodesAsync(
        Guid clusterId, IReadOnlyCollection<string> keys, Func<NodeRecord, NodeRecord> change, CancellationToken cancellation)
    {
        var copy = keys.ToArray();

        // Locked in one order, so that no two wait for each other.
        return await WriteAsync(
            session =>
            {
                var after = copy.Order(StringComparer.Ordinal).ToDictionary(
                    key => key, key => nodes.Change(session, clusterId, key, change, Description), StringComparer.Ordinal);
                return copy.Select(key => after[key]).ToArray();
            },
            cancellation).ConfigureAwait(false);
    }

    public IAsyncEnumerable<NodeRecord> ListNodesAsync(NodeQuery query, CancellationToken cancellation) =>
        ListAsync(session => nodes.List(session, query), cancellation);

    public Task SaveResourcesAsync(IReadOnlyCollection<ResourceRecord> changed, CancellationToken cancellation) =>
        EachAsync(changed, resources.Save, cancellation);

    public Task RemoveResourceAsync(Guid clusterId, ResourceKind kind, string key, CancellationToken cancellation) =>
        WriteAsync(session => resources.Remove(session, clusterId, kind, key), cancellation);

    public IAsyncEnumerable<ResourceRecord> ListResourcesAsync(Guid clusterId, CancellationToken cancellation) =>
        ListAsync(session => resources.List(session, clusterId), cancellation);

    public async Task<IReadOnlyDictionary<string, long>> GetCountersAsync(Guid clusterId, CancellationToken cancellation) =>
        await database.ReadAsync(session => clusters.Counters(session, clusterId), cancellation).ConfigureAwait(false);

    public Task RaiseCountersAsync(Guid clusterId, IReadOnlyDictionary<string, long> counters, CancellationToken cancellation) =>
        EachAsync(counters, (session, counter) => clusters.Raise(session, clusterId, counter.Key, counter.Value), cancellation);

    public Task SaveRunAsync(RunRecord run, CancellationToken cancellation) =>
        WriteAsync(session => clusters.Save(session, run), cancellation);

    public IAsyncEnumerable<RunRecord> ListRunsAsync(Guid? clusterId, CancellationToken cancellation) =>
        ListAsync(session => clusters.Runs(session, clusterId), cancellation);

    public IAsyncEnumerable<StateChange> ListChangesAsync(ChangeQuery query, CancellationToken cancellation) =>
        ListAsync(session => changes.List(session, query), cancellation);

    public Task<long> LastChangeAsync(CancellationToken cancellation) => database.ReadAsync(changes.Last, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task EachAsync<T>(IReadOnlyCollection<T> items, Action<ISqlSession, T> save, CancellationToken cancellation) => SaveAsync(
        items,
        (session, all) =>
        {
            foreach (var item in all)
            {
                save(session, item);
            }
        },
        cancellation);

    private Task SaveAsync<T>(IReadOnlyCollection<T> items, Action<ISqlSession, T[]> save, CancellationToken cancellation)
    {
        // Copied before anything is awaited: the caller may go on changing its collection.
        var copy = items.ToArray();
        return WriteAsync(
            session =>
            {
                save(session, copy);
                return copy.Length;
            },
            cancellation);
    }

    private Task<T> WriteAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellation) => database.WriteAsync(right, work, cancellation);

    /// <summary>Reads all, then hands out: a reader held open between items would keep others out, the caller's own loop among them.</summary>
    private async IAsyncEnumerable<T> ListAsync<T>(Func<ISqlSession, List<T>> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var item in await database.ReadAsync(read, cancellation).ConfigureAwait(false))
        {
            yield return item;
        }
    }
}
