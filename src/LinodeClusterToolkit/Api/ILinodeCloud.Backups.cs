namespace LinodeClusterToolkit.Api;

/// <content>Backups of nodes. Where <see cref="Catalog.ApiAbilities.Backups"/> is false each of these is refused.</content>
public partial interface ILinodeCloud
{
    /// <summary>Backups of a node, and when they are made.</summary>
    Task<CloudBackups> GetBackupsAsync(long nodeId, CancellationToken cancellation);

    /// <summary>Buys the backups of a node, or gives them up with all that was kept.</summary>
    Task SetBackupsAsync(long nodeId, bool on, CancellationToken cancellation);

    /// <summary>Takes a snapshot of the disks of a node, volumes are no part of it; done when its status is no open one any more.</summary>
    /// <remarks>A node has one snapshot: the last one is lost. The label tells after a lost answer whether it was heard.</remarks>
    Task<CloudBackup> TakeSnapshotAsync(long nodeId, string label, CancellationToken cancellation);

    /// <summary>
    /// Puts a backup in place of all disks and configurations of a node of its region; done when the node's <c>backups_restore</c> event is finished,
    /// and the node is off then. Asked twice it has the effect of once.
    /// </summary>
    /// <param name="nodeId">The node whose backup it is.</param>
    /// <param name="backupId">The backup.</param>
    /// <param name="targetId">The node that gets it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task RestoreBackupAsync(long nodeId, long backupId, long targetId, CancellationToken cancellation);
}
