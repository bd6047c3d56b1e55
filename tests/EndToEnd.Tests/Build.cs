using System.Reflection;
using System.Runtime.InteropServices;

// Half of a test's time is spent waiting: more of them run at once than there are processors, and not so many that all of them starve.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace EndToEnd.Tests;

/// <summary>What this build made, and where; the programs as users get them, compiled ahead, where LCT_PROGRAMS names their folder.</summary>
internal static class Build
{
    private static readonly string? Programs = Environment.GetEnvironmentVariable("LCT_PROGRAMS") is { Length: > 0 } folder ? folder : null;

    public static string Tool { get; } = Programs is null ? Named("linodetool") : Path.Combine(Programs, "linodetool");

    public static string Emulator { get; } = Programs is null ? Named("linode-emulator") : Path.Combine(Programs, "emulator", "linode-emulator");

    public static string Configuration { get; } = Named("configuration");

    /// <summary>Where the programs find the .NET that runs this test.</summary>
    public static string DotnetRoot { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    public static string Repository(string path) => Path.Combine(Named("repository"), path);

    private static string Named(string name) =>
        typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(known => known.Key == name).Value!;
}
