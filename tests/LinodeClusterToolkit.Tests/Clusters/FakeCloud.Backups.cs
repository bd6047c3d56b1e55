using LinodeClusterToolkit.Api;

namespace LinodeClusterToolkit.Tests.Clusters;

/// <content>Backups of nodes.</content>
internal sealed partial class FakeCloud
{
    /// <summary>Nodes whose backups are bought.</summary>
    public HashSet<long> BackedUp { get; } = [];

    /// <summary>The snapshot of each node.</summary>
    public Dictionary<long, CloudBackup> Snapshots { get; } = [];

    public Task<CloudBackups> GetBackupsAsync(long nodeId, CancellationToken cancellation) => Do(
        $"backups of {nodeId}",
        () => new CloudBackups(BackedUp.Contains(nodeId), null, null, Snapshots.TryGetValue(nodeId, out var one) ? [one] : []));

    public Task SetBackupsAsync(long nodeId, bool on, CancellationToken cancellation) =>
        Do($"{(on ? "enable" : "cancel")} backups of {nodeId}", () =>
        {
            Snapshots.Remove(nodeId);
            return on ? BackedUp.Add(nodeId) : BackedUp.Remove(nodeId);
        });

    public Task<CloudBackup> TakeSnapshotAsync(long nodeId, string label, CancellationToken cancellation) => Do(
        $"snapshot {label} of {nodeId}",
        () => Snapshots[nodeId] = new(++last, label, "snapshot", "successful", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) { IsAvailable = true });

    public Task RestoreBackupAsync(long nodeId, long backupId, long targetId, CancellationToken cancellation) =>
        Do($"restore {backupId} of {nodeId} to {targetId}", () => Change(Nodes, node => node.Id == targetId, node => node with { Status = "offline" }));
}
