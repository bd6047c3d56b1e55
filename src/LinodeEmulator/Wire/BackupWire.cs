using LinodeEmulator.State;
using LinodeEmulator.Time;

namespace LinodeEmulator.Wire;

internal sealed record BackupDiskWire(string Label, int Size, string Filesystem);

internal sealed record BackupWire(
    long Id, string Label, string Status, string Type, string Created, string Updated, string? Finished, IReadOnlyList<string> Configs,
    IReadOnlyList<BackupDiskWire> Disks, bool Available)
{
    public static BackupWire Of(Backup row) => new(
        row.Id, row.Label, row.Status, "snapshot", ApiTime.Text(row.Created), ApiTime.Text(row.Updated), ApiTime.Text(row.Finished),
        [.. row.Configs.Select(config => config.Label)],
        [.. row.Disks.Select(one => new BackupDiskWire(one.Disk.Label, one.Disk.Size, one.Disk.Filesystem))],
        row.Status == Backup.Successful);
}

internal sealed record SnapshotsWire(BackupWire? Current, BackupWire? InProgress);

internal sealed record BackupListWire(IReadOnlyList<BackupWire> Automatic, SnapshotsWire Snapshot);
