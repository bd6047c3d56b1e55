namespace LinodeClusterToolkit.Api.V3;

/// <content>Backups of nodes, for which version 3 had no calls.</content>
internal sealed partial class V3Cloud
{
    public Task<CloudBackups> GetBackupsAsync(long nodeId, CancellationToken cancellation) => throw NoBackups();

    public Task SetBackupsAsync(long nodeId, bool on, CancellationToken cancellation) => throw NoBackups();

    public Task<CloudBackup> TakeSnapshotAsync(long nodeId, string label, CancellationToken cancellation) => throw NoBackups();

    public Task RestoreBackupAsync(long nodeId, long backupId, long targetId, CancellationToken cancellation) => throw NoBackups();

    private static LinodeApiException NoBackups() => new(ApiFailure.Refused, V3Problems.NoBackups());
}
