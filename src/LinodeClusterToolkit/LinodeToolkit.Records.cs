using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Keeping;

namespace LinodeClusterToolkit;

// What is on record, wherever it is kept: copied, checked, watched.
public sealed partial class LinodeToolkit
{
    /// <summary>Copies all clusters with their runs and history from one inventory to another, and reads each back; what is there already stays.</summary>
    /// <param name="from">Name of the inventory they are in.</param>
    /// <param name="to">Name of the other.</param>
    /// <param name="cancellation">Ends it between two clusters; the same call goes on with it.</param>
    /// <returns>Names of the clusters, each with whether it was copied now.</returns>
    /// <exception cref="LinodeToolkitException">A run is at work, or another cluster stands there under the name of one.</exception>
    public async Task<IReadOnlyList<MovedCluster>> MigrateInventoryAsync(string from, string to, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(from, to);
        var here = rooms.OpenPlace(from);
        await using var untilEnd = here.ConfigureAwait(false);
        var there = rooms.OpenPlace(to);
        await using var untilEndToo = there.ConfigureAwait(false);
        return await MoveAsync(rooms.CopyingOf(here).ReadAsync(cancellation), rooms.CopyingOf(there), cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes all clusters with their runs and history into one file, private to its owner; it has its name only once it is whole.</summary>
    /// <returns>How many clusters it holds, deleted ones included.</returns>
    public Task<int> BackUpInventoryAsync(string file, CancellationToken cancellation = default) => InventoryBackup.WriteAsync(
        file, rooms.Store.Description, rooms.Copying.ReadAsync(cancellation), rooms.Time.GetUtcNow(), cancellation);

    /// <summary>Puts what <see cref="BackUpInventoryAsync"/> wrote into this inventory; what is there already stays.</summary>
    /// <exception cref="LinodeToolkitException">It is no whole backup, or another cluster stands here under the name of one; nothing of that one was changed.</exception>
    public Task<IReadOnlyList<MovedCluster>> RestoreInventoryAsync(string file, CancellationToken cancellation = default) =>
        MoveAsync(InventoryBackup.Read(file).ToAsyncEnumerable(), rooms.Copying, cancellation);

    /// <summary>Holds all records against each other, once the store itself is seen to be sound.</summary>
    public async Task<IReadOnlyList<InventoryFinding>> CheckInventoryAsync(CancellationToken cancellation = default) =>
        [.. InventoryCheck.Of(await rooms.Copying.ReadAsync(cancellation).ToListAsync(cancellation).ConfigureAwait(false))];

    /// <summary>Changes of state that are on record, oldest first.</summary>
    public IAsyncEnumerable<StateChange> ListChangesAsync(ChangeQuery query, CancellationToken cancellation = default) =>
        rooms.Store.ListChangesAsync(query, cancellation);

    /// <summary>Changes of state as they come from now on, or from a number on, whichever process makes them; goes on until it is cancelled.</summary>
    /// <param name="query">Which; where <see cref="ChangeQuery.After"/> is 0, those from now on.</param>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<StateChange> WatchChangesAsync(ChangeQuery query, CancellationToken cancellation = default) =>
        new ChangeWatch(rooms.Store, rooms.Time).WatchAsync(query, cancellation);

    private static async Task<IReadOnlyList<MovedCluster>> MoveAsync(
        IAsyncEnumerable<ClusterCopy> clusters, PlaceCopying to, CancellationToken cancellation)
    {
        var moved = new List<MovedCluster>();
        await foreach (var cluster in clusters.ConfigureAwait(false))
        {
            moved.Add(new(cluster.Cluster.Name, cluster.Cluster.State, await to.PutAsync(cluster, cancellation).ConfigureAwait(false)));
        }

        return moved;
    }
}
