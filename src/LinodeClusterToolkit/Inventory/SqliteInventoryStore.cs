using System.Runtime.CompilerServices;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sqlite;

namespace LinodeClusterToolkit.Inventory;

/// <summary>Records in a database file, shared with other components and other processes; the file belongs to whoever opened it.</summary>
internal sealed class SqliteInventoryStore(SqliteFile file, ToolkitContext context, Lease? lease = null) : IInventoryStore
{
    private readonly SqliteClusterRows clusters = new(context);
    private readonly SqliteNodeRows nodes = new(context);
    private readonly SqliteResourceRows resources = new(context);

    public string Description => $"the inventory in {file.Path}";

    public IInventoryStore Under(Lease held) => new SqliteInventoryStore(file, context, held);

    public Task<bool> TryAddClusterAsync(ClusterRecord cluster, CancellationToken cancellation) =>
        WriteAsync(session => clusters.TryAdd(session, cluster), cancellation);

    public Task UpdateClusterAsync(ClusterRecord cluster, CancellationToken cancellation) => WriteAsync(
        session => clusters.Update(session, cluster) == 1
            ? true
            : throw new LinodeToolkitException(InventoryProblems.NoSuchCluster(cluster.Name, Description)),
        cancellation);

    public Task<ClusterRecord?> FindClusterAsync(string name, CancellationToken cancellation) =>
        file.ReadAsync(session => clusters.Find(session, name), cancellation);

    public IAsyncEnumerable<ClusterRecord> ListClustersAsync(bool includeDeleted, CancellationToken cancellation) =>
        ListAsync(session => clusters.List(session, includeDeleted), cancellation);

    public async Task<IReadOnlySet<Guid>> OthersAmongAsync(IReadOnlyCollection<Guid> asked, CancellationToken cancellation) =>
        await file.ReadAsync(session => clusters.OthersAmong(session, asked), cancellation).ConfigureAwait(false);

    public Task SaveNodesAsync(IReadOnlyCollection<NodeRecord> changed, CancellationToken cancellation) =>
        SaveAsync(changed, nodes.Save, cancellation);

    public IAsyncEnumerable<NodeRecord> ListNodesAsync(NodeQuery query, CancellationToken cancellation) =>
        ListAsync(session => nodes.List(session, query), cancellation);

    public Task SaveResourcesAsync(IReadOnlyCollection<ResourceRecord> changed, CancellationToken cancellation) =>
        SaveAsync(changed, resources.Save, cancellation);

    public Task RemoveResourceAsync(Guid clusterId, ResourceKind kind, string key, CancellationToken cancellation) =>
        WriteAsync(session => resources.Remove(session, clusterId, kind, key), cancellation);

    public IAsyncEnumerable<ResourceRecord> ListResourcesAsync(Guid clusterId, CancellationToken cancellation) =>
        ListAsync(session => resources.List(session, clusterId), cancellation);

    public async Task<IReadOnlyDictionary<string, long>> GetCountersAsync(Guid clusterId, CancellationToken cancellation) =>
        await file.ReadAsync(session => clusters.Counters(session, clusterId), cancellation).ConfigureAwait(false);

    public Task RaiseCountersAsync(Guid clusterId, IReadOnlyDictionary<string, long> counters, CancellationToken cancellation) =>
        SaveAsync(counters, (session, counter) => clusters.Raise(session, clusterId, counter.Key, counter.Value), cancellation);

    public Task SaveRunAsync(RunRecord run, CancellationToken cancellation) =>
        WriteAsync(session => clusters.Save(session, run), cancellation);

    public IAsyncEnumerable<RunRecord> ListRunsAsync(Guid? clusterId, CancellationToken cancellation) =>
        ListAsync(session => clusters.Runs(session, clusterId), cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task SaveAsync<T>(IReadOnlyCollection<T> items, Action<SqliteSession, T> save, CancellationToken cancellation)
    {
        // Copied before anything is awaited: the caller may go on changing its collection.
        var copy = items.ToArray();
        return WriteAsync(
            session =>
            {
                foreach (var item in copy)
                {
                    save(session, item);
                }

                return copy.Length;
            },
            cancellation);
    }

    private Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellation) => file.WriteAsync(
        session =>
        {
            if (lease is not null)
            {
                SqliteLeaseStore.Demand(session, context.Application, context.Customer, lease);
            }

            return work(session);
        },
        cancellation);

    /// <summary>Reads all, then hands out: a reader held open between items would keep others out, the caller's own loop among them.</summary>
    private async IAsyncEnumerable<T> ListAsync<T>(Func<SqliteSession, List<T>> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var item in await file.ReadAsync(read, cancellation).ConfigureAwait(false))
        {
            yield return item;
        }
    }
}
