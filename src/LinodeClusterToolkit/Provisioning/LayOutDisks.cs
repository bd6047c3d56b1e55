using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Makes the disks a plan asks for, one after the other as the host allows, and the configuration that boots from them.</summary>
internal sealed class LayOutDisks(ProvisioningTools tools) : IGraphPart
{
    // GRUB 2 boots the kernel inside the image, as the platform's own layout does.
    private const string Kernel = "linode/grub2";

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        changes.AddedNodes.Where(node => node.Disks.Count > 0).SelectMany(node => StepsFor(node, changes.RidersOf(node)));

    internal static string ConfigKey(ResolvedNode node) => $"{node.Key}/config";

    private IEnumerable<TaskStep> StepsFor(ResolvedNode node, Riders riders)
    {
        var subject = new StepSubject(node.Region, node.Group, node.Label);
        var settle = new TaskStep($"provision {node.Label}", (_, token) => NodeWaits.CreatedAsync(tools, tools.Book.Node(node.Key), token))
        {
            After = [Milestone.Exists(node.Label)], Subject = subject, Cost = new([], CloudTimes.CreateEmpty), Doing = "provisioning",
        };
        yield return settle;
        var last = settle.Name;
        foreach (var disk in node.Disks)
        {
            var make = new TaskStep($"disk {node.Label}/{disk.Label}", (step, token) => EnsureDiskAsync(node, disk, riders, step, token))
            {
                After = [last], Subject = subject, Cost = new([nameof(LimitClass.Other)], CloudTimes.Disk), Doing = $"making disk {disk.Label}",
            };
            yield return make;
            last = make.Name;
        }

        yield return new TaskStep($"configure boot of {node.Label}", (step, token) => EnsureConfigAsync(node, step, token))
        {
            After = [last],
            Before = [Milestone.LaidOut(node.Label)],
            Subject = subject,
            Cost = new([nameof(LimitClass.Other)], 0),
            Doing = "configuring the boot",
        };
    }

    private async Task EnsureDiskAsync(
        ResolvedNode node, ResolvedDisk disk, Riders riders, StepContext step, CancellationToken cancellation)
    {
        var nodeId = tools.Book.Node(node.Key).LinodeId!.Value;
        var made = MayExist(node, step)
            ? await OnceOnly.LandedAsync(() => FindDiskAsync(nodeId, disk, cancellation), step, tools.Time, cancellation).ConfigureAwait(false)
            : null;
        if (made is null)
        {
            var order = await OrderForAsync(node, disk, riders, cancellation).ConfigureAwait(false);
            made = await OnceOnly.WhenIdleAsync(
                tools, node.Label, nodeId, token => tools.Cloud.CreateDiskAsync(nodeId, order, token), cancellation)
                .ConfigureAwait(false);
            await SaveAsync(node, disk, made).ConfigureAwait(false);
            await OnceOnly.WithinAsync(
                tools.Patience, node.Label, $"making disk {disk.Label}", cancellation,
                token => tools.Cloud.Events.WaitAsync(nodeId, "disk_create", made.Id, token)).ConfigureAwait(false);
            return;
        }

        // An earlier try was heard: its event may be older than our watch, so the disk itself is asked.
        await SaveAsync(node, disk, made).ConfigureAwait(false);
        await OnceOnly.WithinAsync(tools.Patience, node.Label, $"making disk {disk.Label}", cancellation, async token =>
        {
            while (made is not { Status: "ready" })
            {
                await Task.Delay(TimeSpan.FromSeconds(5), tools.Time, token).ConfigureAwait(false);
                made = await FindDiskAsync(nodeId, disk, token).ConfigureAwait(false)
                    ?? throw ProvisioningProblems.Vanished($"disk {disk.Label} of {node.Label}").As(ApiFailure.JobFailed);
            }

            return made;
        }).ConfigureAwait(false);
    }

    // Labels of disks and configurations are not unique: what stands on a node that was taken up from an earlier run is looked for, always.
    private bool MayExist(ResolvedNode node, StepContext step) => step.StartedBefore || !tools.IsOfThisRun(node.Key);

    private async Task<CloudDisk?> FindDiskAsync(long nodeId, ResolvedDisk disk, CancellationToken cancellation)
    {
        await foreach (var found in tools.Cloud.ListDisksAsync(nodeId, cancellation).ConfigureAwait(false))
        {
            if (found.Label == disk.Label && found.SizeMb == disk.SizeMb)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<CloudConfig?> FindConfigAsync(long nodeId, string label, CancellationToken cancellation)
    {
        await foreach (var found in tools.Cloud.ListConfigsAsync(nodeId, cancellation).ConfigureAwait(false))
        {
            if (found.Label == label)
            {
                return found;
            }
        }

        return null;
    }

    private Task SaveAsync(ResolvedNode node, ResolvedDisk disk, CloudDisk made) =>
        tools.Book.SaveResourceAsync(new(tools.Book.Cluster.Id, ResourceKind.Disk, DiskKey(node, disk), disk.Label, made.Id)
        {
            Region = node.Region, NodeKey = node.Key, Size = made.SizeMb,
        });

    private static string DiskKey(ResolvedNode node, ResolvedDisk disk) => $"{node.Key}/{disk.Label}";

    private async Task<DiskOrder> OrderForAsync(ResolvedNode node, ResolvedDisk disk, Riders riders, CancellationToken cancellation)
    {
        var order = new DiskOrder(disk.Label, disk.SizeMb, disk.Filesystem);
        return !disk.Boot ? order : order with
        {
            Image = node.Image,
            RootPassword = await tools.Credentials.RootPassword(node.Label, cancellation).ConfigureAwait(false),
            AuthorizedKeys = tools.Credentials.AuthorizedKeys,
            Script = await FirstBoots.ScriptAsync(tools, node, riders, cancellation).ConfigureAwait(false),
        };
    }

    private async Task EnsureConfigAsync(ResolvedNode node, StepContext step, CancellationToken cancellation)
    {
        var nodeId = tools.Book.Node(node.Key).LinodeId!.Value;
        var disks = node.Disks.Select(disk => tools.Book.FindResource(ResourceKind.Disk, DiskKey(node, disk))!.CloudId!.Value).ToList();
        var bootsFrom = node.Disks.Select((disk, at) => (disk, at)).First(pair => pair.disk.Boot).at;
        var order = new ConfigOrder("boot", Kernel, disks, $"/dev/sd{(char)('a' + bootsFrom)}");
        var made = MayExist(node, step)
            ? await OnceOnly.LandedAsync(() => FindConfigAsync(nodeId, order.Label, cancellation), step, tools.Time, cancellation).ConfigureAwait(false)
            : null;
        made ??= await OnceOnly.WhenIdleAsync(
            tools, node.Label, nodeId, token => tools.Cloud.CreateConfigAsync(nodeId, order, token), cancellation).ConfigureAwait(false);
        await tools.Book.SaveResourceAsync(new(tools.Book.Cluster.Id, ResourceKind.Config, ConfigKey(node), made.Label, made.Id)
        {
            Region = node.Region, NodeKey = node.Key,
        }).ConfigureAwait(false);
    }
}
