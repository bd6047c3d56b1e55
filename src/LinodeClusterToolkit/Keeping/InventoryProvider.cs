using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.Keeping;

/// <summary>A way to keep records, by its name; packages bring theirs, <see cref="LinodeToolkitOptions.Inventories"/> takes them.</summary>
public sealed class InventoryProvider
{
    internal InventoryProvider(string name, Func<InventoryRequest, InventoryPlace> open) => (Name, Open) = (name, open);

    /// <summary>Its name in configuration, e.g. <c>sqlite</c>.</summary>
    public string Name { get; }

    internal Func<InventoryRequest, InventoryPlace> Open { get; }
}

/// <summary>What a provider is told.</summary>
/// <param name="Folder">Where those that use files put them.</param>
/// <param name="Context">Whose records they are.</param>
internal sealed record InventoryRequest(string Folder, ToolkitContext Context)
{
    /// <summary>Stands at every commit; null for nobody.</summary>
    public CommitWatch? Watch { get; init; }
}
