using System.Globalization;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters.Storage;

/// <summary>Backups of nodes: listed, bought, given up, taken.</summary>
internal sealed class BackupDesk(Workshop usual, RemoteAccess remote)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task<NodeBackups> GetAsync(ClusterRecord cluster, NodeRecord node, CancellationToken cancellation)
    {
        var shop = usual.For(cluster);
        var book = await ClusterBook.OpenAsync(shop.Store, cluster, shop.Time, cancellation).ConfigureAwait(false);
        var backups = await shop.Cloud.GetBackupsAsync(StorageSite.Find(book, node).Id, cancellation).ConfigureAwait(false);
        var type = shop.Catalogs.Offline().Offer.Types.FirstOrDefault(offered => offered.Id == node.Type);
        return new(node, backups, type?.BackupsIn(node.Region)?.PerMonth);
    }

    public async Task<NodeBackups> SetAsync(ClusterRecord cluster, NodeRecord node, bool on, CancellationToken cancellation)
    {
        var site = await StorageSite.OpenAsync(usual, remote, cluster, "backups", cancellation).ConfigureAwait(false);
        await using var untilEnd = site.ConfigureAwait(false);
        await site.Cloud.SetBackupsAsync(site.Find(node).Id, on, cancellation).ConfigureAwait(false);
        return await GetAsync(cluster, node, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes a snapshot and waits for it; one of that label that is being taken already is waited for.</summary>
    public async Task<CloudBackup> TakeAsync(ClusterRecord cluster, NodeRecord node, string label, CancellationToken cancellation)
    {
        var site = await StorageSite.OpenAsync(usual, remote, cluster, "snapshot", cancellation).ConfigureAwait(false);
        await using var untilEnd = site.ConfigureAwait(false);
        (node, var id) = site.Find(node);
        var before = await site.Cloud.GetBackupsAsync(id, cancellation).ConfigureAwait(false);
        if (!before.IsEnabled)
        {
            throw new LinodeToolkitException(BackupProblems.Off(node.Label));
        }

        var taken = before.All.FirstOrDefault(one => one.IsOpen && one.Label == label)
            ?? await AskAsync(site, node, id, label, before, cancellation).ConfigureAwait(false);
        return await UntilTakenAsync(site, node, id, taken, cancellation).ConfigureAwait(false);
    }

    /// <summary>The backup that a name means: an id, or the label of a snapshot.</summary>
    public static CloudBackup Find(NodeRecord node, CloudBackups backups, string name) =>
        backups.All.LastOrDefault(one => one.Id.ToString(CultureInfo.InvariantCulture) == name)
        ?? backups.All.LastOrDefault(one => one.Label == name)
        ?? throw new LinodeToolkitException(BackupProblems.NoSuch(node.Label, name, [.. backups.All.Select(one => one.Label ?? $"{one.Id}")]));

    private async Task<CloudBackup> AskAsync(
        StorageSite site, NodeRecord node, long id, string label, CloudBackups before, CancellationToken cancellation)
    {
        await WriteOutAsync(site, node, cancellation).ConfigureAwait(false);
        CloudBackup? taken = null;
        try
        {
            await site.WhenIdleAsync(
                node, async token => taken = await site.Cloud.TakeSnapshotAsync(id, label, token).ConfigureAwait(false), cancellation)
                .ConfigureAwait(false);
        }
        catch (LinodeApiException lost) when (lost.Failure == ApiFailure.AnswerLost)
        {
            var known = before.All.Select(one => one.Id).ToHashSet();
            var now = await site.Cloud.GetBackupsAsync(id, cancellation).ConfigureAwait(false);
            taken = now.All.LastOrDefault(one => one.Label == label && !known.Contains(one.Id));
            if (taken is null)
            {
                throw;
            }
        }

        return taken!;
    }

    private static Task<CloudBackup> UntilTakenAsync(
        StorageSite site, NodeRecord node, long id, CloudBackup taken, CancellationToken cancellation) =>
        site.WithinAsync($"snapshot {taken.Label} of {node.Label}", "being taken", async token =>
        {
            while (taken.IsOpen)
            {
                await Task.Delay(Pause, site.Shop.Time, token).ConfigureAwait(false);
                var all = (await site.Cloud.GetBackupsAsync(id, token).ConfigureAwait(false)).All;
                taken = all.FirstOrDefault(one => one.Id == taken.Id)
                    ?? throw new LinodeToolkitException(BackupProblems.Failed(node.Label, taken.Label ?? "", "gone"));
            }

            return taken.Status == "successful"
                ? taken : throw new LinodeToolkitException(BackupProblems.Failed(node.Label, taken.Label ?? "", taken.Status));
        }, cancellation);

    // What programs have written is on the disks before they are copied, as far as the node can be asked for that.
    private static async Task WriteOutAsync(StorageSite site, NodeRecord node, CancellationToken cancellation)
    {
        if (StorageSite.IsEntered(node))
        {
            try
            {
                await site.Inside.RunAsync(node.Key, ShellScript.Of("Configuration", "sync"), cancellation).ConfigureAwait(false);
            }
            catch (RemoteException)
            {
                // The snapshot is then as after a loss of power, which filesystems are made for.
            }
        }
    }
}
