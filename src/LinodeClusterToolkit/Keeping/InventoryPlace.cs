using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Keeping;

/// <summary>Everything that is kept of clusters, in one place: what is written under a lease is checked against it in the same write.</summary>
/// <param name="Inventory">Records.</param>
/// <param name="Journal">Steps of runs.</param>
/// <param name="Leases">Who works on what.</param>
/// <param name="Below">What holds it open.</param>
internal sealed record InventoryPlace(IInventoryStore Inventory, ITaskJournal Journal, ILeaseStore Leases, IAsyncDisposable Below) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Below.DisposeAsync();
}
