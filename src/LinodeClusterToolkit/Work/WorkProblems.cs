using System.Globalization;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Work;

/// <summary>What can go wrong with work that is handed to workers.</summary>
internal static class WorkProblems
{
    public static Problem NotShared(string inventory) => new(
        "LCT7161", "workers cannot share these records", Where: $"inventory {inventory}",
        Why: "work is handed out in the same transaction that writes it down, which takes PostgreSQL",
        Fix: ["keep records in PostgreSQL; what is on record can be copied there"]);

    public static Problem TakenOver(WorkAddress address) => new(
        "LCT7162", $"another worker has taken over \"{(address.IsRun ? address.Run : address.Step)}\"", Where: $"run {address.Run}",
        Why: "this one was not heard of for too long, or what it did was called back; it has written nothing since");

    public static Problem NameTaken(string name, string machine) => new(
        "LCT7163", $"a worker named \"{name}\" is up already", Where: $"worker {name}", Why: $"it was last heard of on {machine} a moment ago",
        Fix: ["give this one another name", "or end the other"]);

    public static Problem NotHeardOf(string name) => new(
        "LCT7164", $"worker \"{name}\" could not give a sign of life for too long", Where: $"worker {name}",
        Why: "the database was away, or this machine slept; others have taken up what it had begun",
        Fix: ["see that the database can be reached from here; the worker begins anew by itself"]) { Retryable = true };

    public static Problem Poison(WorkAddress address, long deaths) => new(
        "LCT6111", $"\"{address.Step}\" was given up", Where: address.Step,
        Why: $"{deaths.ToString(CultureInfo.InvariantCulture)} workers ended while they were at it, which may be its doing",
        Fix: ["see the workers' own logs", $"retry '{address.Step}' when the cause is mended"]);

    public static Problem DeadLetter(WorkAddress address, string reason, long returned) => new(
        "LCT6112", $"\"{address.Step}\" was given up", Where: address.Step,
        Why: $"its message was handed over {returned.ToString(CultureInfo.InvariantCulture)} times and never settled ({reason})",
        Fix: [$"retry '{address.Step}'"]);

    public static Problem NotDrawn(WorkAddress address) => new(
        "LCT6113", $"there is no step \"{address.Step}\" in run {address.Run}", Where: address.Step,
        Why: "this worker draws another graph of the same run: it is of another version than the one that conducts it",
        Fix: ["bring all workers to one version", $"retry '{address.Step}'"]);

    public static Problem NoSite(WorkAddress address) => new(
        "LCT6114", $"nothing is on record of what run {address.Run} is to do", Where: $"run {address.Run}", Fix: ["resume the cluster's run"]);
}
