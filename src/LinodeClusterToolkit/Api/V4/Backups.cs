namespace LinodeClusterToolkit.Api.V4;

/// <summary>Backups of a Linode; not paged.</summary>
public sealed record GetBackups(long LinodeId)
    : V4Operation<BackupsReply>(HttpMethod.Get, $"linode/instances/{LinodeId}/backups", V4Json.Default.BackupsReply);

/// <summary>Takes a snapshot, which replaces the last one; done when its status is successful.</summary>
public sealed record TakeSnapshot(long LinodeId, string Label) : V4Operation<BackupReply>(
    HttpMethod.Post, $"linode/instances/{LinodeId}/backups", V4Json.Default.BackupReply, JsonBody.Of(new LabelBody(Label), V4Json.Default.LabelBody));

/// <summary>Buys the backup service for a Linode.</summary>
public sealed record EnableBackups(long LinodeId) : V4Operation<NoReply>(HttpMethod.Post, $"linode/instances/{LinodeId}/backups/enable", null)
{
    /// <inheritdoc/>
    public override bool Repeatable => true;
}

/// <summary>Gives the backup service of a Linode up; all its backups are deleted for ever.</summary>
public sealed record CancelBackups(long LinodeId) : V4Operation<NoReply>(HttpMethod.Post, $"linode/instances/{LinodeId}/backups/cancel", null)
{
    /// <inheritdoc/>
    public override bool Repeatable => true;
}

/// <summary>Writes a backup to a Linode of its region, this one or another.</summary>
public sealed record RestoreBackup(long LinodeId, long BackupId, RestoreBody To) : V4Operation<NoReply>(
    HttpMethod.Post, $"linode/instances/{LinodeId}/backups/{BackupId}/restore", null, JsonBody.Of(To, V4Json.Default.RestoreBody));

/// <summary>Which Linode gets a backup, and whether its disks and configurations are deleted first.</summary>
public sealed record RestoreBody(long LinodeId, bool Overwrite);

/// <summary>Backups as the wire has them.</summary>
public sealed record BackupsReply(IReadOnlyList<BackupReply>? Automatic = null, SnapshotsReply? Snapshot = null);

/// <summary>The snapshot there is, and the one that is being taken.</summary>
public sealed record SnapshotsReply(BackupReply? Current = null, BackupReply? InProgress = null);

/// <summary>A backup as the wire has it.</summary>
public sealed record BackupReply(
    long Id, string Status, string? Label = null, string? Type = null, bool Available = false, DateTimeOffset? Created = null,
    DateTimeOffset? Finished = null, IReadOnlyList<BackupDiskReply>? Disks = null);

/// <summary>A disk in a backup: size in MB.</summary>
public sealed record BackupDiskReply(string Label, int Size = 0);

/// <summary>What a Linode says of its backups.</summary>
public sealed record InstanceBackupsReply(bool Enabled = false, BackupScheduleReply? Schedule = null);

/// <summary>When backups are made.</summary>
public sealed record BackupScheduleReply(string? Day = null, string? Window = null);
