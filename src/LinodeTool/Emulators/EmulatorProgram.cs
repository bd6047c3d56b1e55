using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Host;

namespace LinodeTool.Emulators;

/// <summary>The emulator's executable: beside the tool, or where LINODETOOL_EMULATOR says.</summary>
internal static class EmulatorProgram
{
    private const string Name = "linode-emulator";

    /// <summary>The words that start it.</summary>
    public static IReadOnlyList<string> Find(ToolHost host)
    {
        var folder = Path.Combine(host.ProgramFolder, "emulator");
        string[] places = host.Variable("LINODETOOL_EMULATOR") is { } named
            ? [host.FullPath(named)]
            : [Path.Combine(folder, OperatingSystem.IsWindows() ? Name + ".exe" : Name), Path.Combine(folder, Name + ".dll")];
        var found = places.FirstOrDefault(File.Exists) ?? throw new LinodeToolkitException(EmulatorProblems.NotInstalled(places));
        return found.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ["dotnet", found] : [found];
    }
}
