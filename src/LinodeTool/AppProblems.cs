using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool;

internal static class AppProblems
{
    /// <summary>What should never happen; the type and text go along, the stack only with --debug.</summary>
    public static Problem Bug(Exception failure) => new(
        "LCT9501", $"linodetool failed inside: {failure.Message}", Why: failure.GetType().FullName,
        Fix: ["run it again with --debug and report what it prints, with `linodetool version`"]);

    /// <summary>What the system refused and no room has words for, a full disk first of all.</summary>
    public static Problem System(IOException failure) => new(
        "LCT7545", "the system would not read or write something", Why: failure.Message,
        Fix: ["make room or give the rights, then run the same command again: a run that was under way goes on where it stopped"]);
}
