using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Inventory;

/// <summary>What can go wrong with records.</summary>
internal static class InventoryProblems
{
    // Callers hold a record they read or added, so a missing one is the library's own slip: family 9.
    public static Problem NoSuchCluster(string name, string store) => new(
        "LCT9201", $"{store} has no record of cluster '{name}' to update", Where: name);

    public static Problem NoSuchNode(string key, string store) => new(
        "LCT9202", $"{store} has no record of node '{key}' to change", Where: key);

    public static Problem NameTaken(string name, string store) => new(
        "LCT9203", $"{store} has another cluster '{name}' that is not deleted", Where: name);
}
