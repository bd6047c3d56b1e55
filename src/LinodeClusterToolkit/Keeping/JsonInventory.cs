using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.JsonFiles;
using LinodeClusterToolkit.Leases;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Keeping;

/// <summary>Records in a folder of text files: to be read by people, and kept in version control.</summary>
internal static class JsonInventory
{
    public const string Name = "json";

    public static InventoryProvider Provider { get; } = new(Name, request =>
    {
        var folder = new JsonFolder(Path.Combine(request.Folder, "inventory")) { Watch = request.Watch };
        return new(
            new JsonInventoryStore(folder, request.Context),
            new JsonTaskJournal(folder, request.Context.Scope),
            new JsonLeaseStore(folder, request.Context.Scope),
            folder);
    });
}
