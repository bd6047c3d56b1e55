using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Emulators;

/// <summary>What can go wrong with the local emulator.</summary>
internal static class EmulatorProblems
{
    public static Problem NotInstalled(IEnumerable<string> looked) => new(
        "LCT7530", "the emulator is not installed", Why: $"looked for {string.Join(", ", looked)}",
        Fix: ["build both with the script ./linodetool at the top of the repository",
            "or name the program: LINODETOOL_EMULATOR=/path/to/linode-emulator"]);

    public static Problem DidNotStart(string log, string tail) => new(
        "LCT7531", "the emulator did not start", Where: log, Why: tail.Length == 0 ? "it said nothing" : tail, Fix: ["linodetool emulator start -v"]);

    public static Problem NotRunning() => new("LCT4520", "no emulator is running", Fix: ["linodetool emulator start"]);

    public static Problem Unwilling(string what, string why) => new("LCT5520", $"the emulator would not {what}", Why: why) { Retryable = true };

    public static Problem Locked(string file) => new(
        "LCT7532", "another command is starting the emulator and does not come to an end", Where: file,
            Fix: ["try again; delete the lock if no other command runs"])
    {
        Retryable = true,
    };

    public static Problem CannotRun(string command, string why) => new("LCT7533", $"{command} cannot be run", Why: why,
        Fix: ["check its name and your PATH"]);
}
