using System.Collections.Frozen;
using LinodeEmulator.State.Work;

namespace LinodeEmulator.State;

/// <summary>Each kind of work there is, one line each.</summary>
internal static class JobKinds
{
    public static JobKind Create { get; } = new CreateJob();

    public static JobKind Boot { get; } = new BootJob();

    public static JobKind Lassie { get; } = new LassieJob();

    public static JobKind Shutdown { get; } = new ShutdownJob();

    public static JobKind Reboot { get; } = new RebootJob();

    public static JobKind Rebuild { get; } = new RebuildJob();

    public static JobKind Resize { get; } = new ResizeJob();

    public static JobKind Clone { get; } = new CloneJob();

    public static JobKind Delete { get; } = new DeleteJob();

    public static JobKind DiskCreate { get; } = new DiskCreateJob();

    public static JobKind DiskDelete { get; } = new DiskDeleteJob();

    public static JobKind DiskResize { get; } = new DiskResizeJob();

    public static JobKind DiskDuplicate { get; } = new DiskDuplicateJob();

    public static JobKind Imagize { get; } = new ImagizeJob();

    public static JobKind Snapshot { get; } = new SnapshotJob();

    public static JobKind Restore { get; } = new RestoreJob();

    public static JobKind VolumeClone { get; } = new VolumeCloneJob();

    public static JobKind ImageUpload { get; } = new ImageUploadJob();

    public static JobKind ImageReplicate { get; } = new ImageReplicateJob();

    public static JobKind VolumeCreate { get; } = new VolumeCreateJob();

    public static JobKind VolumeAttach { get; } = new VolumeAttachJob();

    public static JobKind VolumeDetach { get; } = new VolumeDetachJob();

    public static JobKind VolumeResize { get; } = new VolumeResizeJob();

    public static JobKind Console { get; } = new ConsoleJob();

    public static FrozenDictionary<string, JobKind> ByName { get; } = new[]
    {
        Create, Boot, Lassie, Shutdown, Reboot, Rebuild, Resize, Clone, Delete, DiskCreate, DiskDelete, DiskResize, DiskDuplicate, Imagize,
        ImageUpload, ImageReplicate, Snapshot, Restore, VolumeClone, VolumeCreate, VolumeAttach, VolumeDetach, VolumeResize, Console,
    }.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
}
