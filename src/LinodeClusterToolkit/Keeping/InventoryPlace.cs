using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Keeping;

/// <summary>Everything that is kept of clusters, in one place: what is written under a lease is checked against it in the same write.</summary>
/// <param name="Inventory">Records.</param>
/// <param name="Journal">Steps of runs.</param>
/// <param name="Leases">Who works on what.</param>
/// <param name="Below">What holds it open.</param>
internal sealed record InventoryPlace(IInventoryStore Inventory, ITaskJournal Journal, ILeaseStore Leases, IAsyncDisposable Below) : IAsyncDisposable
{
    /// <summary>Where work is handed out, if workers can share this place.</summary>
    public WorkBoard? Board { get; init; }

    /// <summary>The same place as another context sees it, for writing under a right; null where it is this one's alone.</summary>
    public Func<ToolkitContext, SqlRight, InventoryPlace>? For { get; init; }

    public ValueTask DisposeAsync() => Below.DisposeAsync();
}
