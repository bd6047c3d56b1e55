using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Postgres;
using LinodeClusterToolkit.Tests.Inventory;
using LinodeClusterToolkit.Tests.Support;

namespace LinodeClusterToolkit.Tests.Postgres;

public sealed class PostgresInventoryStoreTests : InventoryStoreTests
{
    private readonly string place = PostgresServer.NewPlace();
    private readonly List<PostgresDatabase> opened = [];

    public override async ValueTask DisposeAsync()
    {
        foreach (var database in opened)
        {
            await database.DisposeAsync();
        }
    }

    private protected override IInventoryStore Open(ToolkitContext context)
    {
        opened.Add(PostgresServer.Open(place));
        return new SqlInventoryStore(opened[^1], context);
    }
}
