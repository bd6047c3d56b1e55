using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Work;

namespace LinodeClusterToolkit.Keeping;

/// <summary>A place that is a database.</summary>
internal static class SqlPlace
{
    public static InventoryPlace Of(ISqlDatabase database, ToolkitContext context, SqlRight? right = null) => new(
        new SqlInventoryStore(database, context, right),
        new SqlTaskJournal(database, context.Application, context.Customer, right),
        new SqlLeaseStore(database, context.Application, context.Customer),
        database);

    /// <summary>A place that workers share.</summary>
    public static InventoryPlace Shared(ISqlDatabase database, ToolkitContext context) => Of(database, context) with
    {
        Board = new WorkBoard(database), For = (other, right) => Of(database, other, right) with { Below = new Nothing() },
    };

    /// <summary>The database belongs to whoever opened it.</summary>
    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
