using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters.Storage;

/// <summary>Problems with backups of nodes; family 4: nothing was changed; family 6: the cloud did not do what it was asked for.</summary>
internal static class BackupProblems
{
    public static Problem Off(string node) => new(
        "LCT4090", $"{node} has no backups", Where: node, Why: "they are a service that is bought for each node",
        Fix: ["enable backups of the node first"]);

    public static Problem NoSuch(string node, string backup, IReadOnlyList<string> known) => new(
        "LCT4091", $"{node} has no backup \"{backup}\"", Where: node,
        Fix: [known.Count == 0 ? "take a snapshot first" : $"say which: {string.Join(", ", known)}"]);

    public static Problem NotReady(string node, string backup, string status) => new(
        "LCT4092", $"backup {backup} of {node} cannot be restored now", Where: node, Why: $"it is {status}", Fix: ["wait until it is successful"])
    {
        Retryable = true,
    };

    public static Problem FarAway(string node, string target, string why) => new(
        "LCT4093", $"a backup of {node} cannot be restored to {target}", Where: target, Why: why,
        Fix: ["restore it to a node of its own cluster and region"]);

    public static Problem Failed(string node, string label, string status) => new(
        "LCT6270", $"snapshot {label} of {node} failed", Where: node, Why: $"the cloud says that it is {status}", Fix: ["take it again"])
    {
        Retryable = true,
    };

    public static Problem NotEntered(string node, string why) => new(
        "LCT6271", $"{node} was restored and cannot be entered", Where: node, Why: why,
        Fix:
        [
            "where keys were changed since the backup was made, the node has those of then: enter it at its console (Lish) and put the new one in",
            "or restore a backup that was made later",
        ])
    {
        Severity = Severity.Warning,
    };
}
