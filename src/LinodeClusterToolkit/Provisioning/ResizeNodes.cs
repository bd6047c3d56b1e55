using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Gives a node that is off in its turn another type, and larger disks where that is asked for.</summary>
internal sealed class ResizeNodes(ProvisioningTools tools) : IGraphPart
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        foreach (var turn in changes.Turns.Where(turn => turn.Kind == TurnKind.Reboot))
        {
            var (label, subject) = (turn.Node.Label, new StepSubject(turn.Node.Region, turn.Node.Group, turn.Node.Label));
            var last = turn.GetsPrivateIp ? AddPrivateIps.NameFor(label) : Milestone.Off(label);
            if (turn.Type is { } type)
            {
                var resize = new TaskStep($"resize {label}", (_, token) => ResizeAsync(turn.Node.Key, type, token))
                {
                    After = [last], Before = [Milestone.Altered(label)], Subject = subject,
                    Cost = new([nameof(LimitClass.Other)], CloudTimes.Resize), Doing = $"changing to {type}",
                };
                yield return resize;
                last = resize.Name;
            }

            foreach (var disk in turn.Disks)
            {
                var grow = new TaskStep($"grow disk {label}/{disk.Label}", (_, token) => GrowAsync(turn.Node.Key, disk, token))
                {
                    After = [last], Before = [Milestone.Altered(label)], Subject = subject,
                    Cost = new([nameof(LimitClass.Other)], CloudTimes.Disk), Doing = $"growing disk {disk.Label}",
                };
                yield return grow;
                last = grow.Name;
            }
        }
    }

    private async Task ResizeAsync(string key, string type, CancellationToken cancellation)
    {
        var node = tools.Book.Node(key);
        var id = node.LinodeId!.Value;

        // Disks of its own are as large as its plan says, whatever room the type has.
        var grows = !tools.Book.Resources.Any(made => made.Kind == ResourceKind.Disk && made.NodeKey == key);
        await OnceOnly.WhenIdleAsync(tools, node.Label, id, async token =>
        {
            // An earlier try may have been heard; the cloud refuses the type that a node has.
            if ((await FindAsync(node, token).ConfigureAwait(false)).Type != type)
            {
                await tools.Cloud.ResizeNodeAsync(id, type, grows && tools.Cloud.Abilities.DisksGrowWithNodes, token).ConfigureAwait(false);
            }

            return id;
        }, cancellation).ConfigureAwait(false);
        var resized = await OnceOnly.WithinAsync(tools.Patience, node.Label, "being resized", cancellation, async token =>
        {
            while (true)
            {
                await tools.Cloud.Events.WaitIdleAsync(id, token).ConfigureAwait(false);
                if (await FindAsync(node, token).ConfigureAwait(false) is { Status: "offline" } found && found.Type == type)
                {
                    return found;
                }

                await Task.Delay(Pause, tools.Time, token).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        await tools.Book.ChangeNodeAsync(key, now => now with { Type = resized.Type }).ConfigureAwait(false);
    }

    private async Task<CloudNode> FindAsync(NodeRecord node, CancellationToken cancellation) =>
        await tools.Cloud.FindNodeAsync(node.LinodeId!.Value, cancellation).ConfigureAwait(false)
            ?? throw ProvisioningProblems.GoneInTurn(node.Label).As(ApiFailure.NotFound);

    private async Task GrowAsync(string key, ResolvedDisk disk, CancellationToken cancellation)
    {
        var node = tools.Book.Node(key);
        var id = node.LinodeId!.Value;
        var made = tools.Book.FindResource(ResourceKind.Disk, $"{key}/{disk.Label}")
            ?? throw ProvisioningProblems.Vanished($"disk {disk.Label} of {node.Label}").As(ApiFailure.JobFailed);
        await OnceOnly.WhenIdleAsync(tools, node.Label, id, async token =>
        {
            if ((await DiskAsync(id, made.CloudId!.Value, node, disk, token).ConfigureAwait(false)).SizeMb < disk.SizeMb)
            {
                await tools.Cloud.ResizeDiskAsync(id, made.CloudId!.Value, disk.SizeMb, token).ConfigureAwait(false);
            }

            return id;
        }, cancellation).ConfigureAwait(false);
        await OnceOnly.WithinAsync(tools.Patience, node.Label, $"growing disk {disk.Label}", cancellation, async token =>
        {
            while (await DiskAsync(id, made.CloudId!.Value, node, disk, token).ConfigureAwait(false) is not { Status: "ready" } found
                || found.SizeMb < disk.SizeMb)
            {
                await Task.Delay(Pause, tools.Time, token).ConfigureAwait(false);
            }

            return id;
        }).ConfigureAwait(false);
        await tools.Book.SaveResourceAsync(made with { Size = disk.SizeMb }).ConfigureAwait(false);
    }

    private async Task<CloudDisk> DiskAsync(long nodeId, long diskId, NodeRecord node, ResolvedDisk disk, CancellationToken cancellation)
    {
        await foreach (var found in tools.Cloud.ListDisksAsync(nodeId, cancellation).ConfigureAwait(false))
        {
            if (found.Id == diskId)
            {
                return found;
            }
        }

        throw ProvisioningProblems.Vanished($"disk {disk.Label} of {node.Label}").As(ApiFailure.JobFailed);
    }
}
