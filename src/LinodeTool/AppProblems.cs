using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool;

internal static class AppProblems
{
    /// <summary>What should never happen; the type and text go along, the stack only with --debug.</summary>
    public static Problem Bug(Exception failure) => new(
        "LCT9501", $"linodetool failed inside: {failure.Message}", Why: failure.GetType().FullName,
        Fix: ["run it again with --debug and report what it prints, with `linodetool version`"]);
}
