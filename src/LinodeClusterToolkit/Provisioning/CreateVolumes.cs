using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Creates the volumes of the nodes, each attached to its node from the start, and waits until they can be used.</summary>
internal sealed class CreateVolumes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        changes.AddedNodes.SelectMany(node => node.Volumes.SelectMany(volume => StepsFor(node, volume, [Milestone.LaidOut(node.Label)], Milestone.Equipped(node.Label))))
            .Concat(changes.EditsBy(ChangeRules.VolumeAdded, ChangeRules.VolumeLost).SelectMany(edit =>
                StepsFor(edit.Node!, edit.Node!.Volumes.First(volume => KeyOf(edit.Node!, volume) == edit.Change.Key), [], Milestone.Enlarged(edit.Node!.Label))));

    internal static string KeyOf(ResolvedNode node, ResolvedVolume volume) => $"{node.Key}/{volume.Name}";

    internal static string[] NamesFor(string label) => [$"volume {label}", $"attach {label}"];

    private IEnumerable<TaskStep> StepsFor(ResolvedNode node, ResolvedVolume volume, IReadOnlyList<string> after, string before)
    {
        var subject = new StepSubject(node.Region, node.Group, node.Label);
        var create = new TaskStep(NamesFor(volume.Label)[0], (step, token) => EnsureAsync(node, volume, step, token))
        {
            // A volume is written into a configuration: there is none before the disks of the node's own are laid out.
            After = after,
            Subject = subject,
            Cost = new([nameof(LimitClass.CreateVolume)], 0),
            Doing = $"creating volume {volume.Name}",
        };
        yield return create;
        yield return new TaskStep(NamesFor(volume.Label)[1], (_, token) => AttachedAsync(node, volume, token))
        {
            After = [create.Name],
            Before = [before],
            Subject = subject,
            Cost = new([], CloudTimes.Volume),
            Doing = $"attaching volume {volume.Name}",
        };
    }

    private async Task EnsureAsync(ResolvedNode node, ResolvedVolume volume, StepContext step, CancellationToken cancellation)
    {
        var cluster = tools.Book.Cluster;
        var nodeId = tools.Book.Node(node.Key).LinodeId!.Value;
        var configId = tools.Book.FindResource(ResourceKind.Config, LayOutDisks.ConfigKey(node))?.CloudId;
        var order = new VolumeOrder(volume.Label, node.Region, volume.SizeGb, [.. node.Tags, cluster.OwnerTag], nodeId, configId);
        var made = await OnceOnly.EnsureAsync(
            step.StartedBefore || tools.Book.FindResource(ResourceKind.Volume, KeyOf(node, volume))?.CloudId is not null,
            () => FindAsync(volume, cancellation),
            () => tools.Cloud.CreateVolumeAsync(order, cancellation),
            found => OnceOnly.WhyNotOurs(
                found.Tags, cluster.OwnerTag, ("region", node.Region, found.Region), ("size", $"{volume.SizeGb} GB", $"{found.SizeGb} GB")),
            "a volume",
            volume.Label).ConfigureAwait(false);
        await tools.Book.SaveResourceAsync(new(cluster.Id, ResourceKind.Volume, KeyOf(node, volume), volume.Label, made.Id)
        {
            Region = node.Region, NodeKey = node.Key, Size = made.SizeGb, Address = made.FilesystemPath,
        }).ConfigureAwait(false);
        if (made.NodeId != nodeId)
        {
            await AttachAsync(volume, made.Id, nodeId, configId, cancellation).ConfigureAwait(false);
        }
    }

    private Task<CloudVolume?> FindAsync(ResolvedVolume volume, CancellationToken cancellation) => OnceOnly.FirstAsync(tools.Cloud.ListVolumesAsync(
        new CloudFilter(Label: volume.Label) { Owner = tools.Book.Cluster.OwnerTag }, cancellation));

    // What an earlier try sent may have landed since it was looked at.
    private async Task AttachAsync(ResolvedVolume volume, long id, long nodeId, long? configId, CancellationToken cancellation)
    {
        try
        {
            await tools.Cloud.AttachVolumeAsync(id, nodeId, configId, cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException refused) when (refused.Failure == ApiFailure.Refused)
        {
            if ((await FindAsync(volume, cancellation).ConfigureAwait(false))?.NodeId != nodeId)
            {
                throw;
            }
        }
    }

    private async Task AttachedAsync(ResolvedNode node, ResolvedVolume volume, CancellationToken cancellation)
    {
        var nodeId = tools.Book.Node(node.Key).LinodeId;
        var id = tools.Book.FindResource(ResourceKind.Volume, KeyOf(node, volume))!.CloudId!.Value;
        _ = await OnceOnly.WithinAsync(tools.Patience, $"volume {volume.Label}", "being created", cancellation, async token =>
            await tools.Volumes.WaitAsync(id, found => found is null || (found.Status == "active" && found.NodeId == nodeId), token)
                .ConfigureAwait(false)
            ?? throw ProvisioningProblems.Vanished($"volume {volume.Label}").As(ApiFailure.NotFound)).ConfigureAwait(false);
    }
}
