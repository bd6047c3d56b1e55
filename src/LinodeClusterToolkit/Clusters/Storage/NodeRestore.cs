using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters.Storage;

/// <summary>
/// Puts a backup in place of all that is on a node's disks, be it the backup's own node or another of its cluster. Given again it begins anew, which
/// has the same effect.
/// </summary>
internal sealed class NodeRestore(Workshop usual, RemoteAccess remote)
{
    public async Task<RestoredNode> RestoreAsync(
        ClusterRecord cluster, NodeRecord source, CloudBackup backup, NodeRecord to, CancellationToken cancellation)
    {
        Demand(source, backup, to);
        var site = await StorageSite.OpenAsync(usual, remote, cluster, "restore", cancellation).ConfigureAwait(false);
        await using var untilEnd = site.ConfigureAwait(false);
        var ((from, _), (target, id)) = (site.Find(source), site.Find(to));
        await site.Cloud.Events.MarkAsync(cancellation).ConfigureAwait(false);
        var ran = await ShutDownAsync(site, target, cancellation).ConfigureAwait(false);
        await site.Book.ChangeNodeAsync(target.Key, now => now with { Power = "restoring", Boot = BootState.Off }).ConfigureAwait(false);
        await WriteAsync(site, from, backup, target, cancellation).ConfigureAwait(false);
        await RecordDisksAsync(site, from, target, cancellation).ConfigureAwait(false);
        if (from.Key != target.Key)
        {
            await BecomeAsync(site, from, target, cancellation).ConfigureAwait(false);
        }

        if (!ran)
        {
            await site.Book.ChangeNodeAsync(target.Key, now => now with { Power = "offline" }).ConfigureAwait(false);
            return new(site.Book.Node(target.Key), backup, IsUp: false);
        }

        await BootAsync(site, target, id, cancellation).ConfigureAwait(false);
        var warning = await EnterAsync(site, target, from.Key != target.Key, cancellation).ConfigureAwait(false);
        return new(site.Book.Node(target.Key), backup, IsUp: true) { Warning = warning };
    }

    /// <summary>Throws where that backup cannot be put on that node.</summary>
    public static void Demand(NodeRecord source, CloudBackup backup, NodeRecord target)
    {
        if (!backup.IsAvailable)
        {
            throw new LinodeToolkitException(BackupProblems.NotReady(source.Label, backup.Label ?? $"{backup.Id}", backup.Status));
        }

        if (source.ClusterId != target.ClusterId || source.Region != target.Region)
        {
            throw new LinodeToolkitException(BackupProblems.FarAway(
                source.Label, target.Label,
                source.Region != target.Region ? $"it is in {source.Region}, the node in {target.Region}" : "the node is of another cluster"));
        }
    }

    // True where it ran.
    private static async Task<bool> ShutDownAsync(StorageSite site, NodeRecord node, CancellationToken cancellation)
    {
        var id = site.Find(node).Id;
        await site.Cloud.Events.WaitIdleAsync(id, cancellation).ConfigureAwait(false);
        var status = (await site.Cloud.FindNodeAsync(id, cancellation).ConfigureAwait(false))?.Status
            ?? throw new LinodeToolkitException(ClusterProblems.NoSuch("node", node.Label, []));
        if (status != "running")
        {
            return node.State == NodeState.Ready;
        }

        await site.WhenIdleAsync(node, token => site.Cloud.ShutDownNodeAsync(id, token), cancellation).ConfigureAwait(false);
        await site.WithinAsync(
            node.Label, "shutting down", token => site.Cloud.Events.WaitAsync(id, "linode_shutdown", null, token), cancellation).ConfigureAwait(false);
        return true;
    }

    private static async Task WriteAsync(
        StorageSite site, NodeRecord source, CloudBackup backup, NodeRecord target, CancellationToken cancellation)
    {
        var (from, to) = (site.Find(source).Id, site.Find(target).Id);
        try
        {
            await site.WhenIdleAsync(target, token => site.Cloud.RestoreBackupAsync(from, backup.Id, to, token), cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException lost) when (lost.Failure == ApiFailure.AnswerLost)
        {
            // Heard or not: once more has the effect of once.
            await site.Cloud.Events.WaitIdleAsync(to, cancellation).ConfigureAwait(false);
            await site.WhenIdleAsync(target, token => site.Cloud.RestoreBackupAsync(from, backup.Id, to, token), cancellation).ConfigureAwait(false);
        }

        await site.WithinAsync(
            target.Label, "being restored", token => site.Cloud.Events.WaitAsync(to, "backups_restore", null, token), cancellation)
            .ConfigureAwait(false);
    }

    // The disks and configurations of then have come back as new ones; labels tell which is which.
    private static async Task RecordDisksAsync(StorageSite site, NodeRecord source, NodeRecord target, CancellationToken cancellation)
    {
        var id = site.Find(target).Id;
        var disks = await site.Cloud.ListDisksAsync(id, cancellation).ToListAsync(cancellation).ConfigureAwait(false);
        var configs = await site.Cloud.ListConfigsAsync(id, cancellation).ToListAsync(cancellation).ConfigureAwait(false);
        var layout = site.Book.Resources.Where(made => made.NodeKey == source.Key && made.Kind is ResourceKind.Disk or ResourceKind.Config).ToList();
        var kept = new HashSet<(ResourceKind, string)>();
        foreach (var made in layout)
        {
            var now = made.Kind == ResourceKind.Disk
                ? disks.LastOrDefault(disk => disk.Label == made.Label)?.Id : configs.LastOrDefault(config => config.Label == made.Label)?.Id;
            if (now is not null)
            {
                var key = target.Key + made.Key[source.Key.Length..];
                kept.Add((made.Kind, key));
                await site.Book.SaveResourceAsync(made with { Key = key, NodeKey = target.Key, CloudId = now }).ConfigureAwait(false);
            }
        }

        foreach (var gone in site.Book.Resources.Where(made =>
            made.NodeKey == target.Key && made.Kind is ResourceKind.Disk or ResourceKind.Config && !kept.Contains((made.Kind, made.Key))).ToList())
        {
            await site.Book.RemoveResourceAsync(gone).ConfigureAwait(false);
        }
    }

    // It is a copy of the other now: it shows that one's host key, and lets in who may enter that one.
    private static async Task BecomeAsync(StorageSite site, NodeRecord source, NodeRecord target, CancellationToken cancellation)
    {
        await site.Inside.Shell.CloseAsync(await site.Inside.HostAsync(target.Key, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        await site.Identities.TakeOverAsync(
            (source.Label, source.Region, source.Group), (target.Label, target.Region, target.Group), cancellation).ConfigureAwait(false);
        await site.Book.ChangeNodeAsync(target.Key, now => now with
        {
            HostKeys = source.HostKeys, HostKeyOrigin = source.HostKeyOrigin, Login = source.Login,
        }).ConfigureAwait(false);
        site.Inside.KnowHost(site.Book.Node(target.Key));
    }

    private static async Task BootAsync(StorageSite site, NodeRecord node, long id, CancellationToken cancellation)
    {
        var config = site.Book.Resources.FirstOrDefault(made => made.Kind == ResourceKind.Config && made.NodeKey == node.Key)?.CloudId;
        await site.WhenIdleAsync(node, token => site.Cloud.BootNodeAsync(id, config, token), cancellation).ConfigureAwait(false);
        await site.WithinAsync(node.Label, "booting", token => site.Cloud.Events.WaitAsync(id, "linode_boot", null, token), cancellation)
            .ConfigureAwait(false);
        await site.Book.ChangeNodeAsync(node.Key, now => now with
        {
            State = NodeState.Ready, Power = "running", Boot = BootState.Booting, Failure = null,
        }).ConfigureAwait(false);
    }

    // Keys may be others than when the backup was made: that is told, and is no reason to call the restore a failure.
    private static async Task<Problem?> EnterAsync(StorageSite site, NodeRecord node, bool isCopy, CancellationToken cancellation)
    {
        if (site.Book.Node(node.Key).HostKeys.Count == 0)
        {
            return null;
        }

        try
        {
            var host = await site.Inside.HostAsync(node.Key, cancellation).ConfigureAwait(false);
            await site.Inside.Shell.CloseAsync(host).ConfigureAwait(false);
            await site.Inside.Shell.ConnectAsync(host, site.Inside.Patience, null, cancellation).ConfigureAwait(false);
            await (isCopy ? RenameAsync(site, node, cancellation) : Task.CompletedTask).ConfigureAwait(false);
            await MountAsync(site, node, cancellation).ConfigureAwait(false);
            await site.Book.ChangeNodeAsync(node.Key, now => site.Inside.Shell.IsReal ? now with { Boot = BootState.Up } : now).ConfigureAwait(false);
            return null;
        }
        catch (RemoteException closed)
        {
            return BackupProblems.NotEntered(node.Label, closed.Problem.What);
        }
    }

    // Volumes are no part of a backup: what the plan mounts is attached still, and the system of then may not know of it.
    private static async Task MountAsync(StorageSite site, NodeRecord node, CancellationToken cancellation)
    {
        var mounted = VolumeQueries.Of(site.Book).Where(volume => volume.IsMountedByPlan && volume.Node!.Key == node.Key)
            .Select(volume => ("disk", new[] { volume.Record.Address ?? $"/dev/disk/by-id/scsi-0Linode_Volume_{volume.Record.Label}", "", "", volume.Mount! }))
            .ToList();
        if (mounted.Count > 0)
        {
            await site.RunAsync(site.Book.Node(node.Key), mounted, cancellation).ConfigureAwait(false);
        }
    }

    private static Task RenameAsync(StorageSite site, NodeRecord node, CancellationToken cancellation) => site.Inside.RunAsync(
        node.Key, ShellScript.Of("Configuration", "hostname").With("name", site.Book.Node(node.Key).HostName), cancellation);
}
