using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Makes room for the node that takes the place of another: what is left of that one is deleted, its volumes stay.</summary>
internal sealed class ReplaceNodes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from turn in changes.Turns
        where turn.Kind == TurnKind.Replace
        let node = turn.Node
        select new TaskStep($"make room for {node.Label}", (_, token) => ClearAsync(node.Key, token))
        {
            After = [Milestone.Forgotten(node.Label)],
            Before = [Milestone.Cleared(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Cost = new([nameof(LimitClass.Other)], CloudTimes.Delete),
            Doing = "deleting what was there",
        };

    private async Task ClearAsync(string key, CancellationToken cancellation)
    {
        var node = tools.Book.Node(key);

        // One that has no id was let go by an earlier try: what may stand under its name is the node in its place.
        if (node.LinodeId is { } id)
        {
            if (await tools.Cloud.DeleteNodeAsync(id, cancellation).ConfigureAwait(false))
            {
                await OnceOnly.WithinAsync(
                    tools.Patience, node.Label, "being deleted", cancellation,
                    token => tools.Nodes.WaitAsync(id, found => found is null, token)).ConfigureAwait(false);
            }

            await ClearedNodes.FreeVolumesAsync(tools, node, id, cancellation).ConfigureAwait(false);
        }

        await ClearedNodes.ForgetAsync(tools.Book, node with { Unwatched = false }).ConfigureAwait(false);
    }
}
