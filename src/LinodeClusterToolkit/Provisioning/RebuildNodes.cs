using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Takes a node in its turn back to where it was just created: its disks are wiped, its volumes are set free with what is on them.</summary>
/// <remarks>What comes then is what comes after a create call. Cut short anywhere it is done again from the start, to the same end.</remarks>
internal sealed class RebuildNodes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from turn in changes.Turns
        where turn.Kind == TurnKind.Rebuild
        let node = changes.AddedNodes.First(one => one.Key == turn.Node.Key)
        let riders = changes.RidersOf(node)
        select new TaskStep($"rebuild {node.Label}", (step, token) => RebuildAsync(node, riders, step, token))
        {
            After =
            [
                Milestone.Forgotten(node.Label),
                .. riders.ScriptFor(node) is { } script ? [Milestone.Stored(script)] : Array.Empty<string>(),
            ],
            Before = [Milestone.Cleared(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Cost = new([nameof(LimitClass.Other)], CloudTimes.CreateWithImage),
            Doing = "rebuilding",
        };

    private async Task RebuildAsync(ResolvedNode node, Riders riders, StepContext step, CancellationToken cancellation)
    {
        if (step.StartedBefore)
        {
            // A request of that try that is still under way would wipe what this one makes.
            await Task.Delay(OnceOnly.Landing(step), tools.Time, cancellation).ConfigureAwait(false);
        }

        var record = tools.Book.Node(node.Key);
        if (record.LinodeId is not { } id || await tools.Cloud.FindNodeAsync(id, cancellation).ConfigureAwait(false) is null)
        {
            throw ProvisioningProblems.GoneInTurn(node.Label).As(ApiFailure.NotFound);
        }

        // What is known of its inside ends here; its first boot shows a host key that is written down before.
        var blank = await ClearedNodes.BlankAsync(tools.Book, record).ConfigureAwait(false);
        await tools.Book.SaveNodeAsync(await FirstBoots.KnownAsync(
            tools, node, blank with { Image = node.Image, State = NodeState.Creating }, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        await ClearedNodes.FreeVolumesAsync(tools, record, id, cancellation).ConfigureAwait(false);
        var ownDisks = node.Disks.Count > 0;
        if (!ownDisks || node.TakesUserData)
        {
            // User data rides in no other call than that of an image: of a node with disks of its own that image goes again at once.
            var order = await OrderForAsync(node, riders, ownDisks, cancellation).ConfigureAwait(false);
            await SendAsync(node, id, order, cancellation).ConfigureAwait(false);
            await OnceOnly.WithinAsync(
                tools.Patience, node.Label, "being rebuilt", cancellation,
                token => tools.Cloud.Events.WaitAsync(id, "linode_rebuild", null, token)).ConfigureAwait(false);
        }

        if (ownDisks)
        {
            await SendAsync(node, id, new NodeRebuild(null), cancellation).ConfigureAwait(false);
        }

        await NodeWaits.OffAsync(tools, tools.Book.Node(node.Key), cancellation).ConfigureAwait(false);
    }

    private Task SendAsync(ResolvedNode node, long id, NodeRebuild order, CancellationToken cancellation) =>
        OnceOnly.WhenIdleAsync(tools, node.Label, id, async token =>
        {
            await tools.Cloud.RebuildNodeAsync(id, order, token).ConfigureAwait(false);
            return id;
        }, cancellation);

    private async Task<NodeRebuild> OrderForAsync(ResolvedNode node, Riders riders, bool ownDisks, CancellationToken cancellation) => new(node.Image)
    {
        RootPassword = await tools.Credentials.RootPassword(node.Label, cancellation).ConfigureAwait(false),
        AuthorizedKeys = tools.Credentials.AuthorizedKeys,
        Booted = false,
        UserData = await FirstBoots.UserDataAsync(tools, node, riders, cancellation).ConfigureAwait(false),
        Script = ownDisks ? null : await FirstBoots.ScriptAsync(tools, node, riders, cancellation).ConfigureAwait(false),
    };
}
