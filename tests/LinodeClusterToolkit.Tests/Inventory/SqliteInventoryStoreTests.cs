using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Sqlite;

namespace LinodeClusterToolkit.Tests.Inventory;

public sealed class SqliteInventoryStoreTests : InventoryStoreTests
{
    private readonly TempFolder folder = new();
    private readonly List<SqliteFile> opened = [];

    public override async ValueTask DisposeAsync()
    {
        foreach (var file in opened)
        {
            await file.DisposeAsync();
        }

        folder.Dispose();
    }

    [Fact]
    public async Task Goes_from_a_tag_to_its_nodes_by_keys_alone()
    {
        var (sql, values) = new SqlNodeRows(new("linodetool", "me")).Select(new(Tag: "sql", Cluster: "web"));
        var plan = await OpenFile().ReadAsync(session => session.Query("EXPLAIN QUERY PLAN " + sql, row => row.GetString(3), values), default);
        Assert.Equal(
            [
                "SEARCH t USING PRIMARY KEY (application=? AND customer=? AND tag=?)",
                "SEARCH n USING PRIMARY KEY (application=? AND customer=? AND cluster=? AND key=?)",
            ],
            plan[..2]);
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN", StringComparison.Ordinal));
    }

    private protected override IInventoryStore Open(ToolkitContext context) => new SqlInventoryStore(OpenFile(), context);

    private SqliteFile OpenFile()
    {
        var file = new SqliteFile(folder["store.db"], SqliteTables.Inventory);
        opened.Add(file);
        return file;
    }
}
