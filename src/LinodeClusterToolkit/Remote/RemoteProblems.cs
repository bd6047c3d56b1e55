using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Remote;

/// <summary>What can go wrong between here and a node; family 6, and 7 for what is missing on this machine.</summary>
internal static class RemoteProblems
{
    public static Problem NoMachine(string node) => new(
        "LCT6210", $"{node} is a record: there is no machine behind it to log in to", Where: node,
        Fix: ["work on a cloud with machines: on Linux as root the emulator boots real ones"]);
}
