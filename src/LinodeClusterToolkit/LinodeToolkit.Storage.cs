using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Clusters.Storage;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit;

// Volumes and backups of what stands.
public sealed partial class LinodeToolkit
{
    /// <summary>Volumes by cluster and key, as the records have them.</summary>
    /// <param name="cluster">Only those of this cluster, liberally matched; null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public IAsyncEnumerable<VolumeView> ListVolumesAsync(string? cluster = null, CancellationToken cancellation = default) =>
        Volumes.ListAsync(cluster, cancellation);

    /// <summary>One volume by label, id or key; throws a problem of family 4 where there is none or several.</summary>
    public Task<VolumeView> GetVolumeAsync(string name, string? cluster = null, CancellationToken cancellation = default) =>
        Volumes.GetAsync(name, cluster, cancellation);

    /// <summary>Throws where a volume cannot be made that large; asks nobody.</summary>
    public static void DemandSize(VolumeView volume, int sizeGb) => VolumeDesk.DemandSize(volume.Record.Label, volume.Record.Size ?? 0, sizeGb);

    /// <summary>Throws where a volume cannot be attached to a node; asks nobody.</summary>
    public static void DemandAttachable(VolumeView volume, NodeRecord node) => VolumeDesk.DemandNear(volume, node);

    /// <summary>Throws where the plan has a volume in use, unless that is not to count; asks nobody.</summary>
    public static void DemandDetachable(VolumeView volume, bool force) => VolumeDesk.DemandFree(volume, force);

    /// <summary>Throws where no volume may be called that; asks nobody.</summary>
    public static void DemandVolumeLabel(string label) => VolumeCopying.DemandGood(label);

    /// <summary>Makes a volume larger, and the filesystem on it while it is in use; given again it does what is left of that.</summary>
    /// <exception cref="LinodeToolkitException">It is larger already, gone, or a run is at work on its cluster.</exception>
    public async Task<VolumeOutcome> ResizeVolumeAsync(VolumeView volume, int sizeGb, CancellationToken cancellation = default) =>
        await Desk.ResizeAsync(await ClusterOfAsync(volume.Record.ClusterId, cancellation).ConfigureAwait(false), volume, sizeGb, cancellation)
            .ConfigureAwait(false);

    /// <summary>Copies a volume with what is on it to a new one that is attached to nothing; given again it finds the copy.</summary>
    /// <exception cref="LinodeToolkitException">The label is in use, or a run is at work on its cluster.</exception>
    public async Task<VolumeOutcome> CloneVolumeAsync(VolumeView volume, string label, CancellationToken cancellation = default) =>
        await new VolumeCopying(rooms.Workshop, rooms.Remote).CloneAsync(
            await ClusterOfAsync(volume.Record.ClusterId, cancellation).ConfigureAwait(false), volume, label, cancellation).ConfigureAwait(false);

    /// <summary>Attaches a volume to a node of its cluster, and mounts what is on it.</summary>
    /// <param name="volume">The volume; it must be attached to no other node.</param>
    /// <param name="node">The node.</param>
    /// <param name="mount">Where to mount it, now and at each boot; null where the plan says, or nowhere.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="LinodeToolkitException">It is attached elsewhere, too far away, or a run is at work on its cluster.</exception>
    public async Task<VolumeOutcome> AttachVolumeAsync(
        VolumeView volume, NodeRecord node, string? mount = null, CancellationToken cancellation = default) =>
        await Desk.AttachAsync(
            await ClusterOfAsync(volume.Record.ClusterId, cancellation).ConfigureAwait(false), volume, node, mount, cancellation).ConfigureAwait(false);

    /// <summary>Has the node of a volume unmount it, and takes it away from there.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="force">Whether one that the plan mounts, or that its node does not let go of, is taken away all the same.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="LinodeToolkitException">The plan mounts it, something uses it, or a run is at work on its cluster.</exception>
    public async Task<VolumeOutcome> DetachVolumeAsync(VolumeView volume, bool force = false, CancellationToken cancellation = default) =>
        await Desk.DetachAsync(await ClusterOfAsync(volume.Record.ClusterId, cancellation).ConfigureAwait(false), volume, force, cancellation)
            .ConfigureAwait(false);

    /// <summary>Backups of a node, as the cloud has them now.</summary>
    public async Task<NodeBackups> GetBackupsAsync(NodeRecord node, CancellationToken cancellation = default) =>
        await Backups.GetAsync(await ClusterOfAsync(node.ClusterId, cancellation).ConfigureAwait(false), node, cancellation).ConfigureAwait(false);

    /// <summary>Buys the backups of a node, or gives them up with all that was kept.</summary>
    public async Task<NodeBackups> SetBackupsAsync(NodeRecord node, bool on, CancellationToken cancellation = default) =>
        await Backups.SetAsync(await ClusterOfAsync(node.ClusterId, cancellation).ConfigureAwait(false), node, on, cancellation).ConfigureAwait(false);

    /// <summary>Takes a snapshot of a node's disks in place of its last one, and waits until it is done; volumes are no part of it.</summary>
    /// <exception cref="LinodeToolkitException">The node has no backups, the snapshot failed, or a run is at work on its cluster.</exception>
    public async Task<CloudBackup> TakeSnapshotAsync(NodeRecord node, string label, CancellationToken cancellation = default) =>
        await Backups.TakeAsync(await ClusterOfAsync(node.ClusterId, cancellation).ConfigureAwait(false), node, label, cancellation)
            .ConfigureAwait(false);

    /// <summary>The backup of a node that a name means: an id, or the label of a snapshot.</summary>
    /// <exception cref="LinodeToolkitException">There is none.</exception>
    public async Task<CloudBackup> GetBackupAsync(NodeRecord node, string name, CancellationToken cancellation = default) =>
        BackupDesk.Find(node, (await GetBackupsAsync(node, cancellation).ConfigureAwait(false)).Backups, name);

    /// <summary>Throws where a backup cannot be restored to a node; asks nobody.</summary>
    public static void DemandRestorable(NodeRecord node, CloudBackup backup, NodeRecord target) => NodeRestore.Demand(node, backup, target);

    /// <summary>Puts a backup in place of all that is on the disks of a node, and boots it where it ran before.</summary>
    /// <param name="node">The node whose backup it is.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="target">The node that gets it; null for the same. Another one becomes a copy of the first, with its host key and its logins.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="LinodeToolkitException">It cannot be restored there, the cloud failed, or a run is at work on its cluster.</exception>
    public async Task<RestoredNode> RestoreNodeAsync(
        NodeRecord node, CloudBackup backup, NodeRecord? target = null, CancellationToken cancellation = default) =>
        await new NodeRestore(rooms.Workshop, rooms.Remote).RestoreAsync(
            await ClusterOfAsync(node.ClusterId, cancellation).ConfigureAwait(false), node, backup, target ?? node, cancellation).ConfigureAwait(false);

    private VolumeQueries Volumes => new(rooms.Store, rooms.Queries);

    private VolumeDesk Desk => new(rooms.Workshop, rooms.Remote);

    private BackupDesk Backups => new(rooms.Workshop, rooms.Remote);

    private Task<ClusterRecord> ClusterOfAsync(Guid id, CancellationToken cancellation) => rooms.Store.ClusterOfAsync(id, cancellation);
}
