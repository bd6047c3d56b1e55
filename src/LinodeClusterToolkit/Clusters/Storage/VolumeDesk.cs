using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters.Storage;

/// <summary>Work on single volumes that stand. Each call may be given again: it finds what was done of it, and does the rest.</summary>
internal sealed class VolumeDesk(Workshop usual, RemoteAccess remote)
{
    private const int Most = 16_384; // GB, as the platform's own console allows

    /// <summary>Makes a volume larger, and the filesystem on it where its node can be entered.</summary>
    public async Task<VolumeOutcome> ResizeAsync(ClusterRecord cluster, VolumeView volume, int sizeGb, CancellationToken cancellation)
    {
        var site = await StorageSite.OpenAsync(usual, remote, cluster, "volume resize", cancellation).ConfigureAwait(false);
        await using var untilEnd = site.ConfigureAwait(false);
        var record = RecordOf(site, volume);
        var watch = new VolumeWatch(site, record);
        var stands = await watch.GetAsync(cancellation).ConfigureAwait(false);
        DemandSize(stands, sizeGb);
        if (stands.SizeGb < sizeGb)
        {
            await watch.UntilAsync("busy", found => found.Status == "active", cancellation).ConfigureAwait(false);
            await AskAsync(() => site.Cloud.ResizeVolumeAsync(stands.Id, sizeGb, cancellation), watch, found => found.SizeGb >= sizeGb, cancellation)
                .ConfigureAwait(false);
        }

        stands = await watch.UntilAsync("growing", found => found.Status == "active" && found.SizeGb >= sizeGb, cancellation).ConfigureAwait(false);
        await site.Book.SaveResourceAsync(record with { Size = stands.SizeGb }).ConfigureAwait(false);
        return await InsideAsync(site, record.Key, HolderOf(site, stands), [("grow", [stands.FilesystemPath, $"{sizeGb}"])], cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Whether a volume can be made that large; throws where it cannot.</summary>
    public static void DemandSize(CloudVolume stands, int sizeGb) => DemandSize(stands.Label, stands.SizeGb, sizeGb);

    /// <inheritdoc cref="DemandSize(CloudVolume, int)"/>
    public static void DemandSize(string label, long has, int sizeGb)
    {
        if (sizeGb < has || sizeGb > Most)
        {
            throw new LinodeToolkitException(sizeGb < has
                ? VolumeProblems.NeverShrinks(label, has, sizeGb) : VolumeProblems.TooLarge(label, sizeGb, Most));
        }
    }

    /// <summary>Attaches a volume to a node of its cluster, and mounts it there where that is said, or by the plan.</summary>
    public async Task<VolumeOutcome> AttachAsync(
        ClusterRecord cluster, VolumeView volume, NodeRecord to, string? mount, CancellationToken cancellation)
    {
        var site = await StorageSite.OpenAsync(usual, remote, cluster, "volume attach", cancellation).ConfigureAwait(false);
        await using var untilEnd = site.ConfigureAwait(false);
        var (record, node) = (RecordOf(site, volume), site.Find(to).Node);
        DemandNear(volume, node);
        var watch = new VolumeWatch(site, record);
        var stands = await watch.GetAsync(cancellation).ConfigureAwait(false);
        if (stands.NodeId is { } holder && holder != node.LinodeId)
        {
            throw new LinodeToolkitException(VolumeProblems.Held(record.Label, HolderOf(site, stands)?.Label ?? $"Linode {holder}"));
        }

        if (stands.NodeId is null)
        {
            var config = site.Book.Resources.FirstOrDefault(made => made.Kind == ResourceKind.Config && made.NodeKey == node.Key)?.CloudId;
            await watch.UntilAsync("busy", found => found.Status == "active", cancellation).ConfigureAwait(false);
            await AskAsync(
                () => site.Cloud.AttachVolumeAsync(stands.Id, node.LinodeId!.Value, config, cancellation), watch, found => found.NodeId == node.LinodeId,
                cancellation).ConfigureAwait(false);
        }

        stands = await watch.UntilAsync("being attached", found => found.Status == "active" && found.NodeId == node.LinodeId, cancellation)
            .ConfigureAwait(false);
        await site.Book.SaveResourceAsync(record with { NodeKey = node.Key }).ConfigureAwait(false);
        var place = mount ?? (volume.PlannedNode == node.Key ? volume.Mount : null);
        (string, string[])[] calls = [("own_id", [stands.FilesystemPath]), ("disk", [stands.FilesystemPath, "", "", place ?? ""])];
        return await InsideAsync(site, record.Key, node, place is null ? calls[..1] : calls, cancellation).ConfigureAwait(false);
    }

    /// <summary>Lets go of a volume: its node unmounts it first, unless it is off.</summary>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="force">Whether one that the plan mounts, or that the node does not let go of, is detached all the same.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<VolumeOutcome> DetachAsync(ClusterRecord cluster, VolumeView volume, bool force, CancellationToken cancellation)
    {
        var site = await StorageSite.OpenAsync(usual, remote, cluster, "volume detach", cancellation).ConfigureAwait(false);
        await using var untilEnd = site.ConfigureAwait(false);
        var record = RecordOf(site, volume);
        var watch = new VolumeWatch(site, record);
        var stands = await watch.GetAsync(cancellation).ConfigureAwait(false);
        var view = ViewOf(site, record.Key);
        if (stands.NodeId is null)
        {
            await site.Book.SaveResourceAsync(record with { NodeKey = null }).ConfigureAwait(false);
            return new(ViewOf(site, record.Key), []);
        }

        DemandFree(view, force);
        var outcome = await LetGoAsync(site, record.Key, stands, force, cancellation).ConfigureAwait(false);
        await AskAsync(
            async () =>
            {
                await site.Cloud.DetachVolumeAsync(stands.Id, cancellation).ConfigureAwait(false);
                return stands;
            },
            watch, found => found.NodeId is null, cancellation).ConfigureAwait(false);
        await watch.UntilAsync("being detached", found => found.NodeId is null, cancellation).ConfigureAwait(false);
        await site.Book.SaveResourceAsync(record with { NodeKey = null }).ConfigureAwait(false);
        return outcome with { Volume = ViewOf(site, record.Key) };
    }

    /// <summary>Throws where the plan has a volume in use and nobody says that this does not count.</summary>
    public static void DemandFree(VolumeView volume, bool force)
    {
        if (volume.IsMountedByPlan && !force)
        {
            throw new LinodeToolkitException(VolumeProblems.InPlan(volume.Record.Label, volume.Node!.Label, volume.Mount!));
        }
    }

    /// <summary>Throws where a volume cannot be attached to a node.</summary>
    public static void DemandNear(VolumeView volume, NodeRecord node)
    {
        if (volume.Record.ClusterId != node.ClusterId || volume.Record.Region != node.Region)
        {
            throw new LinodeToolkitException(VolumeProblems.FarAway(
                volume.Record.Label, node.Label,
                volume.Record.Region != node.Region ? $"it is in {volume.Record.Region}, the node in {node.Region}" : "the node is of another cluster"));
        }
    }

    internal static ResourceRecord RecordOf(StorageSite site, VolumeView volume) =>
        site.Book.FindResource(ResourceKind.Volume, volume.Record.Key) is { CloudId: not null } record && record.CloudId == volume.Record.CloudId
            ? record
            : throw new LinodeToolkitException(VolumeProblems.Missing(volume.Record.Label));

    internal static VolumeView ViewOf(StorageSite site, string key) =>
        VolumeQueries.Of(site.Book, site.Plan, site.Book.FindResource(ResourceKind.Volume, key)!);

    private static NodeRecord? HolderOf(StorageSite site, CloudVolume volume) =>
        site.Book.Nodes.FirstOrDefault(node => node.State != NodeState.Gone && node.LinodeId is not null && node.LinodeId == volume.NodeId);

    private static async Task<VolumeOutcome> LetGoAsync(
        StorageSite site, string key, CloudVolume stands, bool force, CancellationToken cancellation)
    {
        try
        {
            return await InsideAsync(site, key, HolderOf(site, stands), [("let_go", [stands.FilesystemPath])], cancellation).ConfigureAwait(false);
        }
        catch (Remote.RemoteException stuck) when (force)
        {
            return new(ViewOf(site, key), []) { Undone = stuck.Problem.Why ?? stuck.Problem.What };
        }
    }

    // What an answer that got lost would have said, the volume says too.
    private static async Task AskAsync(
        Func<Task<CloudVolume>> ask, VolumeWatch watch, Func<CloudVolume, bool> wasHeard, CancellationToken cancellation)
    {
        try
        {
            await ask().ConfigureAwait(false);
        }
        catch (LinodeApiException lost) when (lost.Failure == ApiFailure.AnswerLost)
        {
            if (!wasHeard(await watch.GetAsync(cancellation).ConfigureAwait(false)))
            {
                throw;
            }
        }
    }

    private static async Task<VolumeOutcome> InsideAsync(
        StorageSite site, string key, NodeRecord? node, (string, string[])[] calls, CancellationToken cancellation)
    {
        if (node is null || !StorageSite.IsEntered(node))
        {
            return new(ViewOf(site, key), [])
            {
                Undone = node is null ? null : $"{node.Label} is {node.State.ToString().ToLowerInvariant()}",
            };
        }

        var report = await site.RunAsync(node, calls, cancellation).ConfigureAwait(false);
        return new(ViewOf(site, key), [.. report.Changed.Where(word => word != "reboot-needed")])
        {
            NeedsReboot = report.Changed.Contains("reboot-needed"), IsRecorded = report.IsRecorded,
        };
    }
}
