using LinodeClusterToolkit.Sqlite;

namespace LinodeClusterToolkit.Keeping;

/// <summary>Records in one database file: nothing to install, several processes of one machine.</summary>
internal static class SqliteInventory
{
    public const string Name = "sqlite";

    public static InventoryProvider Provider { get; } = new(Name, request => SqlPlace.Of(
        new SqliteFile(Path.Combine(request.Folder, "inventory.db"), SqliteTables.All) { Watch = request.Watch }, request.Context));
}
