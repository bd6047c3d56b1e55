using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>What can be wrong with keys, references and private files.</summary>
internal static class SecurityProblems
{
    public static Problem TooWide(string path, string mode, string wanted) => new(
        "LCT7201", $"others can read {path}", Where: path, Why: $"its mode is {mode}; it may hold secrets, so no more than {wanted} is accepted",
        Fix: [$"chmod {wanted} '{path}'"]);

    public static Problem IsLink(string path, string target) => new(
        "LCT7202", $"{path} is a symbolic link", Where: path, Why: $"it leads to {target}; a link could send a secret anywhere",
        Fix: ["put the file itself in its place"]);

    public static Problem CannotUse(string path, string why) => new(
        "LCT7203", $"cannot read or write {path}", Where: path, Why: why, Fix: ["check the rights on it and on its folder, and the room on the disk"]);
}
