using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Sql;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Keeping;

/// <summary>A place that is a database.</summary>
internal static class SqlPlace
{
    public static InventoryPlace Of(ISqlDatabase database, ToolkitContext context) => new(
        new SqlInventoryStore(database, context),
        new SqlTaskJournal(database, context.Application, context.Customer),
        new SqlLeaseStore(database, context.Application, context.Customer),
        database);
}
