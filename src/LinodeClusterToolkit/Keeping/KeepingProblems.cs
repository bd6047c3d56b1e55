using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Keeping;

/// <summary>What can go wrong when records are moved.</summary>
internal static class KeepingProblems
{
    public static Problem NoSuchInventory(string name, IEnumerable<string> known) => new(
        "LCT7109", $"there is no inventory \"{name}\"", Where: "configuration",
        Fix: [$"use one of: {string.Join(", ", known.Order(StringComparer.Ordinal))}"]);

    public static Problem Stands(string cluster, string place) => new(
        "LCT4045", $"cluster \"{cluster}\" stands in {place} already, with other records", Where: $"cluster {cluster}",
        Why: "what is there may be newer, and nothing is overwritten", Fix: ["see which of the two is right, and move the other away"]);

    public static Problem NotTheSame(string cluster, string place) => new(
        "LCT9204", $"{place} does not give cluster \"{cluster}\" back as it was put in", Where: $"cluster {cluster}",
        Why: "another program may have changed it meanwhile",
        Fix: ["do the same again", "if it stays, report this; the records it came from are as they were"]);

    public static Problem NoBackup(string file, string why) => new(
        "LCT7141", $"{file} is no backup of an inventory, or not all of one", Where: file, Why: why, Fix: ["use another backup"]);

    public static Problem NoFile(string file, string why) => new(
        "LCT7142", $"{file} cannot be read or written", Where: file, Why: why, Fix: ["check the path, and the rights on it and its folder"]);
}
