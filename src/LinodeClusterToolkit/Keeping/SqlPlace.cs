using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Keeping;

/// <summary>A place that is a database.</summary>
internal static class SqlPlace
{
    public static InventoryPlace Of(ISqlDatabase database, ToolkitContext context, SqlRight? right = null) => new(
        new SqlInventoryStore(database, context, right),
        new SqlTaskJournal(database, context.Application, context.Customer, right),
        new SqlLeaseStore(database, context.Application, context.Customer),
        database);
}
