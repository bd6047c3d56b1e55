using System.Globalization;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Sql;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>What can go wrong with a folder of JSON files; what a database can meet as well has the same code there.</summary>
internal static class JsonProblems
{
    private const string PutBack = "put it back as it was, from a backup or from version control";

    // "no room" and "quota used up" of Linux, of macOS, and the two of Windows
    private static readonly int[] Full = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static LinodeToolkitException From(string path, Exception thrown) => new(
        thrown switch
        {
            IOException when Full.Contains(thrown.HResult) => new Problem(
                "LCT7104", $"no room to write {path}", Where: path, Why: "the disk, or the quota on it, is full",
                Fix: ["make room, then run the same again: what was written before is safe"]),
            UnauthorizedAccessException => new(
                "LCT7105", $"{path} cannot be opened for writing", Where: path, Why: thrown.Message,
                Fix: ["check the rights on it and what it holds, and that the file system is not mounted read-only"]),
            _ => new(
                "LCT7106", $"{path} failed: {thrown.Message}", Where: path,
                Why: $"system error {thrown.HResult.ToString(CultureInfo.InvariantCulture)}", Fix: ["check the disk; if it is sound, report this"]),
        },
        thrown);

    public static Problem Newer(string path, long has, int knows) => SqlProblems.NewerSchema(path, "inventory", has, knows);

    public static Problem Locked(string path, string who) => new(
        "LCT7103", $"{path} stays locked", Where: path, Why: $"another program has held its lock all the while: {who}",
        Fix: ["wait for the other run, or end the program that holds it"]) { Retryable = true };

    public static Problem Damaged(SourcePosition at, string why) => new(
        "LCT7110", $"{at.File} cannot be read", Where: at.File, Why: why, Fix: ["mend that line", $"or {PutBack}"]) { Position = at };

    public static Problem NotItself(string path, string holds, string belongs) => new(
        "LCT7111", $"{path} holds something else than its name says", Where: path, Why: $"it holds {holds}, whose place is {belongs}",
        Fix: [$"if it is a copy, move it out of the folder", $"or {PutBack}"]);

    public static Problem Missing(string path, string why) => new(
        "LCT7112", $"{path} is missing", Where: path, Why: why, Fix: [PutBack, "or move away what is left of it, too"]);

    public static Problem BrokenLog(string path, string why) => new(
        "LCT7113", $"{path} cannot be played", Where: path, Why: why,
        Fix: [PutBack, "or delete it, and look whether the last changes of the run before are in the files: what exists in the cloud is the truth"]);
}
