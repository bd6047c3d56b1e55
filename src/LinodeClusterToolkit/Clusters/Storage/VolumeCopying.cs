using System.Text.RegularExpressions;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters.Storage;

/// <summary>
/// Copies volumes. The call takes no tags, so that until the copy has its owner mark only its label tells whose it is: that is written down first.
/// </summary>
internal sealed partial class VolumeCopying(Workshop usual, RemoteAccess remote)
{
    /// <summary>The copy, attached to nothing; the one that an earlier call made of this volume where there is one.</summary>
    public async Task<VolumeOutcome> CloneAsync(ClusterRecord cluster, VolumeView volume, string label, CancellationToken cancellation)
    {
        DemandGood(label);
        var site = await StorageSite.OpenAsync(usual, remote, cluster, "volume clone", cancellation).ConfigureAwait(false);
        await using var untilEnd = site.ConfigureAwait(false);
        var source = VolumeDesk.RecordOf(site, volume);
        var stands = await new VolumeWatch(site, source).UntilAsync("busy", found => found.Status == "active", cancellation).ConfigureAwait(false);
        var key = KeyOf(source, label);
        var begun = site.Book.FindResource(ResourceKind.Volume, key);
        DemandFree(site.Book, label, key);
        if (begun?.CloudId is null)
        {
            await SettleAsync(site, volume, stands, cancellation).ConfigureAwait(false);
            var record = begun ?? new(cluster.Id, ResourceKind.Volume, key, label, null) { Region = source.Region, Size = stands.SizeGb };
            var copy = begun is null ? null : await LandedAsync(site, label, stands, cancellation).ConfigureAwait(false);
            copy ??= await MakeAsync(site, record, stands, cancellation).ConfigureAwait(false);
            copy = await site.Cloud.SetVolumeTagsAsync(copy.Id, [cluster.OwnerTag], cancellation).ConfigureAwait(false);
            begun = record with { CloudId = copy.Id, Size = copy.SizeGb, Address = copy.FilesystemPath };
            await site.Book.SaveResourceAsync(begun).ConfigureAwait(false);
        }

        await new VolumeWatch(site, begun).UntilAsync("being copied", found => found.Status == "active", cancellation).ConfigureAwait(false);
        return new(VolumeDesk.ViewOf(site, key), []);
    }

    /// <summary>Throws where no volume may be called that.</summary>
    public static void DemandGood(string label)
    {
        if (label.Length > 32 || !Good().IsMatch(label))
        {
            throw new LinodeToolkitException(VolumeProblems.BadLabel(label));
        }
    }

    // Of this volume and no other: a copy that was begun is gone on with by the same words alone.
    private static string KeyOf(ResourceRecord source, string label) => $"{source.Key}/copies/{label}";

    private static void DemandFree(ClusterBook book, string label, string key)
    {
        if (book.Resources.Any(made => made.Kind == ResourceKind.Volume && made.Label == label && made.Key != key))
        {
            throw new LinodeToolkitException(VolumeProblems.LabelInUse(label));
        }
    }

    // What programs have written is on the volume before it is copied, as far as its node can be asked for that.
    private static async Task SettleAsync(StorageSite site, VolumeView volume, CloudVolume stands, CancellationToken cancellation)
    {
        if (volume.Node is { } node && StorageSite.IsEntered(node) && stands.NodeId == node.LinodeId)
        {
            try
            {
                await site.RunAsync(node, [("written", [stands.FilesystemPath])], cancellation).ConfigureAwait(false);
            }
            catch (Remote.RemoteException)
            {
                // The copy is then as after a loss of power, which filesystems are made for.
            }
        }
    }

    private static async Task<CloudVolume> MakeAsync(
        StorageSite site, ResourceRecord record, CloudVolume stands, CancellationToken cancellation)
    {
        await site.Book.SaveResourceAsync(record).ConfigureAwait(false);
        try
        {
            return await site.Cloud.CloneVolumeAsync(stands.Id, record.Label, cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException lost) when (lost.Failure == ApiFailure.AnswerLost)
        {
            if (await LandedAsync(site, record.Label, stands, cancellation).ConfigureAwait(false) is { } copy)
            {
                return copy;
            }

            throw;
        }
        catch (LinodeApiException refused) when (refused.Failure is not (ApiFailure.Unavailable or ApiFailure.RateLimited))
        {
            // Nothing was made, so that nothing of that label is ours.
            await site.Book.RemoveResourceAsync(record).ConfigureAwait(false);
            throw refused.Failure == ApiFailure.LabelTaken ? new LinodeToolkitException(VolumeProblems.LabelInUse(record.Label)) : refused;
        }
    }

    // The copy that a call which was not heard of again has made; one of another's would carry a mark, or another size.
    private static async Task<CloudVolume?> LandedAsync(StorageSite site, string label, CloudVolume source, CancellationToken cancellation)
    {
        for (var tries = 0; tries < 2; tries++)
        {
            await foreach (var found in site.Cloud.ListVolumesAsync(new(label) { Owner = site.Cluster.OwnerTag }, cancellation).ConfigureAwait(false))
            {
                if (found.SizeGb == source.SizeGb && found.Region == source.Region && found.Tags.All(tag => tag == site.Cluster.OwnerTag))
                {
                    return found;
                }
            }

            await Task.Delay(CloudTimes.Landing, site.Shop.Time, cancellation).ConfigureAwait(false);
        }

        return null;
    }

    [GeneratedRegex("^[A-Za-z](?:(?!--|__)[A-Za-z0-9_-])*$")]
    private static partial Regex Good();
}
