using LinodeClusterToolkit.Diagnostics;
using Microsoft.Data.Sqlite;

namespace LinodeClusterToolkit.Sqlite;

/// <summary>What can go wrong with a database file.</summary>
internal static class SqliteProblems
{
    // Result codes of SQLite, https://sqlite.org/rescode.html
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int NoRoomToShare = InputOutput | (19 << 8); // the file that processes share could not be made as large as needed

    private const string PutBack = "put a backup in its place";
    private const string MoveAway = "or move it away: what exists in the cloud can be found again by its owner tag";

    public static LinodeToolkitException From(string path, SqliteException thrown) => new(Of(path, thrown), thrown);

    public static Problem Damaged(string path, string why) => new(
        "LCT7102", $"{path} is damaged or not a database", Where: path, Why: why, Fix: [PutBack, MoveAway]);

    public static Problem Empty(string path) => new(
        "LCT7107", $"{path} is empty", Where: path, Why: "it lost what it held, as on a disk that was full; one that is new is never empty",
        Fix: [PutBack, MoveAway]);

    public static Problem Widowed(string path) => new(
        "LCT7108", $"{path} is gone, its log {path}-wal is still there", Where: path,
        Why: "the log holds the last writes of a run that did not end in order",
        Fix: ["put the file back beside its log", "or move the log away too: what exists in the cloud can be found again by its owner tag"]);

    private static Problem Of(string path, SqliteException thrown) => thrown.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => Damaged(path, thrown.Message),
        Busy or Locked => new(
            "LCT7103", $"{path} stays locked", Where: path, Why: "another program has held its write lock all the while",
            Fix: ["wait for the other run, or end the program that has the file open"]) { Retryable = true },
        Full or InputOutput when thrown.SqliteErrorCode == Full || thrown.SqliteExtendedErrorCode == NoRoomToShare => new(
            "LCT7104", $"no room to write {path}", Where: path, Why: "the disk, or the quota on it, is full",
            Fix: ["make room, then run the same again: what was written before is safe"]),
        ReadOnly or CannotOpen or Permission => new(
            "LCT7105", $"{path} cannot be opened for writing", Where: path, Why: thrown.Message,
            Fix: ["check the rights on the file and its folder, and that the file system is not mounted read-only"]),
        _ => new(
            "LCT7106", $"{path} failed: {thrown.Message}", Where: path,
            Why: $"SQLite result {thrown.SqliteExtendedErrorCode}", Fix: ["check the disk; if it is sound, report this"]),
    };
}
