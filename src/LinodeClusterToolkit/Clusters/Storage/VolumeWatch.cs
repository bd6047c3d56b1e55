using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters.Storage;

/// <summary>A volume as the cloud has it, now and until it is as it should be.</summary>
internal sealed class VolumeWatch(StorageSite site, ResourceRecord record)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The volume, by its label or, where somebody gave it another, by its id among all.</summary>
    public async Task<CloudVolume?> FindAsync(CancellationToken cancellation)
    {
        var byLabel = new CloudFilter(Label: record.Label) { Owner = site.Cluster.OwnerTag };
        return await FirstAsync(byLabel, cancellation).ConfigureAwait(false)
            ?? await FirstAsync(new CloudFilter(), cancellation).ConfigureAwait(false);
    }

    /// <exception cref="LinodeToolkitException">It is gone.</exception>
    public async Task<CloudVolume> GetAsync(CancellationToken cancellation) =>
        await FindAsync(cancellation).ConfigureAwait(false) ?? throw new LinodeToolkitException(VolumeProblems.Missing(record.Label));

    public Task<CloudVolume> UntilAsync(string stage, Func<CloudVolume, bool> isSo, CancellationToken cancellation) =>
        site.WithinAsync($"volume {record.Label}", stage, async token =>
        {
            while (true)
            {
                var found = await GetAsync(token).ConfigureAwait(false);
                if (isSo(found))
                {
                    return found;
                }

                await Task.Delay(Pause, site.Shop.Time, token).ConfigureAwait(false);
            }
        }, cancellation);

    private async Task<CloudVolume?> FirstAsync(CloudFilter filter, CancellationToken cancellation)
    {
        await foreach (var found in site.Cloud.ListVolumesAsync(filter, cancellation).ConfigureAwait(false))
        {
            if (found.Id == record.CloudId)
            {
                return found;
            }
        }

        return null;
    }
}
