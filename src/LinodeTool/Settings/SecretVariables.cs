using System.Diagnostics;
using LinodeTool.Host;

namespace LinodeTool.Settings;

/// <summary>Variables in which a user gives this tool a secret. They are for it alone: programs it starts do not get them.</summary>
internal static class SecretVariables
{
    // Those of the store "environment"; it reads them from this process for as long as that lives.
    private const string OfStore = "LINODETOOL_SECRET_";
    private const string Store = "LINODETOOL_SECRET_STORE"; // a setting, whose name only looks like one

    /// <summary>Those that are read at the start, and are then taken out of this process.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. PassphraseFinder.Variables, .. TokenPlaces.V4.Variables, .. TokenPlaces.V3.Variables, .. VaultSettings.Variables, .. InventorySettings.Variables, .. QueueSettings.Variables];

    /// <summary>A program of somebody else's finds none of them.</summary>
    public static ProcessStartInfo Without(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(name => All.Contains(name) || IsOfStore(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    /// <summary>This tool itself, or what the user has it start in its own stead, gets what this call got.</summary>
    public static ProcessStartInfo With(ProcessStartInfo start, ToolHost host)
    {
        foreach (var name in All.Where(name => host.Variable(name) is not null))
        {
            start.Environment[name] = host.Variable(name);
        }

        return start;
    }

    private static bool IsOfStore(string name) => name.StartsWith(OfStore, StringComparison.Ordinal) && name != Store;
}
