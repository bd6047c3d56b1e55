using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Forgets keys and host keys of nodes that are gone.</summary>
internal sealed class ForgetNodes(ConfigurationTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        if (changes.RemovedNodes.Count == 0)
        {
            return [];
        }

        return
        [
            new TaskStep("forget keys", (_, token) => ForgetAsync(changes, token)) { After = [Milestone.NodesGone], Doing = "forgetting keys" },
        ];
    }

    private async Task ForgetAsync(ChangeSet changes, CancellationToken cancellation)
    {
        foreach (var node in changes.RemovedNodes)
        {
            await tools.ForgetAsync(node, cancellation).ConfigureAwait(false);
        }

        if (tools.Book.Nodes.All(node => node.State == NodeState.Gone))
        {
            await tools.Identities.ForgetAllAsync(cancellation).ConfigureAwait(false);
        }
    }
}
