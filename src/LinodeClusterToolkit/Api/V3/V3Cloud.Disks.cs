using System.Runtime.CompilerServices;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <content>Disks and boot configurations.</content>
internal sealed partial class V3Cloud
{
    public async Task<CloudDisk> CreateDiskAsync(long nodeId, DiskOrder order, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var made = await client.SendAsync(OperationFor(nodeId, order, names), cancellation).ConfigureAwait(false);
        ((V3EventWatch)Events).Remember(nodeId, "disk_create", made.DiskId, made.JobId);
        return new(made.DiskId, order.Label, "not ready", order.Filesystem ?? "ext4", order.SizeMb);
    }

    public async IAsyncEnumerable<CloudDisk> ListDisksAsync(long nodeId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A disk that is being made has no status of its own: it is ready when nothing waits for its node any more.
        var pending = client.SendAsync(new ListJobs(nodeId, PendingOnly: true), cancellation);
        var disks = await client.SendAsync(new ListDisks(nodeId), cancellation).ConfigureAwait(false);
        var isBusy = (await pending.ConfigureAwait(false)).Count > 0;
        foreach (var disk in disks)
        {
            yield return new(
                disk.DiskId, disk.Label, disk.Status == 2 ? "deleting" : isBusy ? "not ready" : "ready", disk.Type, disk.Size ?? 0);
        }
    }

    public async Task<CloudConfig> CreateConfigAsync(long nodeId, ConfigOrder order, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var body = new ConfigBody(names.KernelNumber(order.Kernel), order.Label, [.. order.DiskIds.Select(id => (long?)id)])
        {
            RootDeviceNum = order.RootDevice[^1] - 'a' + 1,
        };
        var made = await client.SendAsync(new CreateConfig(nodeId, body), cancellation).ConfigureAwait(false);
        return new(made.ConfigId, order.Label);
    }

    public async IAsyncEnumerable<CloudConfig> ListConfigsAsync(long nodeId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var config in await client.SendAsync(new ListConfigs(nodeId), cancellation).ConfigureAwait(false))
        {
            yield return new(config.ConfigId, config.Label);
        }
    }

    private static V3Operation<DiskJobReply> OperationFor(long node, DiskOrder order, V3Catalogue.Numbers names)
    {
        if (order.Image is not { } image)
        {
            return new CreateDisk(node, order.Label, order.Filesystem ?? "ext4", order.SizeMb);
        }

        var password = order.RootPassword ?? throw new ArgumentException("a disk with an image needs a password", nameof(order));
        var keys = order.AuthorizedKeys.Count == 0 ? null : new Sensitive(string.Join('\n', order.AuthorizedKeys));
        return V3Catalogue.PrivateImage(image) is { } own
            ? new CreateDiskFromImage(node, own, order.Label, order.SizeMb, password, keys)
            : order.Script is { } script
                ? new CreateDiskFromStackScript(node, script.Id, script.Data, names.Distribution(image), order.Label, order.SizeMb, password, keys)
                : new CreateDiskFromDistribution(node, names.Distribution(image), order.Label, order.SizeMb, password, keys);
    }
}
