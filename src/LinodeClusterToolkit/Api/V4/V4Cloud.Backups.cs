namespace LinodeClusterToolkit.Api.V4;

/// <content>Backups of nodes.</content>
internal sealed partial class V4Cloud
{
    public async Task<CloudBackups> GetBackupsAsync(long nodeId, CancellationToken cancellation)
    {
        var node = await client.SendAsync(new GetInstance(nodeId), cancellation).ConfigureAwait(false);
        var all = await client.SendAsync(new GetBackups(nodeId), cancellation).ConfigureAwait(false);
        BackupReply?[] made = [.. all.Automatic ?? [], all.Snapshot?.Current, all.Snapshot?.InProgress];
        return new(
            node.Backups?.Enabled == true, node.Backups?.Schedule?.Day, node.Backups?.Schedule?.Window,
            [.. made.OfType<BackupReply>().Select(Replies.ToBackup).OrderBy(backup => backup.Id)]);
    }

    public Task SetBackupsAsync(long nodeId, bool on, CancellationToken cancellation) =>
        client.SendAsync<NoReply>(on ? new EnableBackups(nodeId) : new CancelBackups(nodeId), cancellation);

    public async Task<CloudBackup> TakeSnapshotAsync(long nodeId, string label, CancellationToken cancellation) =>
        (await client.SendAsync(new TakeSnapshot(nodeId, label), cancellation).ConfigureAwait(false)).ToBackup();

    public Task RestoreBackupAsync(long nodeId, long backupId, long targetId, CancellationToken cancellation) =>
        client.SendAsync(new RestoreBackup(nodeId, backupId, new(targetId, Overwrite: true)), cancellation);
}
