using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Deletes nodes, and waits until the cloud has let go of them: their volumes can be deleted only then.</summary>
internal sealed class DeleteNodes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        var balancers = changes.RemovedResources.Where(made => made.Kind == ResourceKind.Balancer).Select(DeleteResources.NameFor).ToList();
        return from node in changes.RemovedNodes
               select new TaskStep($"delete {node.Label}", (_, token) => DeleteAsync(node, token))
               {
                   // Balancers go first, so that none sends traffic to nodes that are going.
                   After = [Milestone.Released(node.Label), .. balancers],
                   Before = [Milestone.NodesGone],
                   Subject = new StepSubject(node.Region, node.Group, node.Label),
                   Cost = new([nameof(LimitClass.Other)], CloudTimes.Delete),
                   Doing = "deleting",
               };
    }

    private async Task DeleteAsync(NodeRecord node, CancellationToken cancellation)
    {
        await tools.Book.ChangeNodeAsync(node.Key, now => now with { State = NodeState.Deleting }).ConfigureAwait(false);
        if (await FindIdAsync(node, cancellation).ConfigureAwait(false) is { } id)
        {
            if (await tools.Cloud.DeleteNodeAsync(id, cancellation).ConfigureAwait(false))
            {
                // By the list and not by the event: a linode_delete may end as failed though the node is gone, or be older than our watch.
                await OnceOnly.WithinAsync(
                    tools.Patience, node.Label, "being deleted", cancellation,
                    token => tools.Nodes.WaitAsync(id, found => found is null, token)).ConfigureAwait(false);
            }
        }

        await tools.Book.ChangeNodeAsync(
            node.Key, now => now with { State = NodeState.Gone, Power = "unknown", Boot = BootState.Unknown }).ConfigureAwait(false);
    }

    // A create whose answer never came leaves a record without an id: what carries our tag under that label is ours.
    private async Task<long?> FindIdAsync(NodeRecord node, CancellationToken cancellation)
    {
        if (node.LinodeId is not null)
        {
            return node.LinodeId;
        }

        var found = await OnceOnly.FirstAsync(tools.Cloud.ListNodesAsync(new CloudFilter(Label: node.Label), cancellation)).ConfigureAwait(false);
        return found is not null && found.Tags.Contains(tools.Book.Cluster.OwnerTag) ? found.Id : null;
    }
}
