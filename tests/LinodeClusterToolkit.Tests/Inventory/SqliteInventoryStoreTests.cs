using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Sql;
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

    [Fact]
    public async Task Takes_a_node_of_before_for_as_old_as_its_last_change()
    {
        var old = new SqlSchema("inventory", [.. SqliteTables.Inventory.Migrations.Take(4)]);
        await using (var before = new SqliteFile(folder["store.db"], old))
        {
            await before.WriteAsync(
                session => session.Execute(
                    """
                    INSERT INTO cluster (application, customer, id, name, state, plan_text, plan_name, resolved, created)
                    VALUES ('a', 'c', '00000000-0000-0000-0000-000000000000', 'web', 'Started', '', '', '', '2025-01-01T00:00:00.0000000Z')
                    """)
                + session.Execute(
                    """
                    INSERT INTO node (application, customer, cluster, key, label, region, node_group, ordinal, type, image, host_name, tags, state,
                        power, updated)
                    VALUES ('a', 'c', '00000000-0000-0000-0000-000000000000', 'k', 'l', 'r', 'g', 1, 't', 'i', 'h', '[]', 'Ready', 'running',
                        '2026-03-04T05:06:07.0000000Z')
                    """),
                default);
        }

        await using var store = Open(new("a", "c"));
        var node = await store.ListNodesAsync(new(), default).SingleAsync();
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), node.Created);
    }

    private protected override IInventoryStore Open(ToolkitContext context) => new SqlInventoryStore(OpenFile(), context);

    private SqliteFile OpenFile()
    {
        var file = new SqliteFile(folder["store.db"], SqliteTables.Inventory);
        opened.Add(file);
        return file;
    }
}
