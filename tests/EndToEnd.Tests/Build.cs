using System.Reflection;
using System.Runtime.InteropServices;

// Most of a test's time is spent in other processes: more of them run at once than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]

namespace EndToEnd.Tests;

/// <summary>What this build made, and where.</summary>
internal static class Build
{
    public static string Tool { get; } = Named("linodetool");

    public static string Emulator { get; } = Named("linode-emulator");

    public static string Configuration { get; } = Named("configuration");

    /// <summary>Where the programs find the .NET that runs this test.</summary>
    public static string DotnetRoot { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    public static string Repository(string path) => Path.Combine(Named("repository"), path);

    private static string Named(string name) =>
        typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(known => known.Key == name).Value!;
}
