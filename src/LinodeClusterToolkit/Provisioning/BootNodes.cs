using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Boots nodes that stand and are off, each group after those it depends on have started.</summary>
internal sealed class BootNodes(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        var started = from node in changes.StartedNodes
                      let grp = changes.Groups.First(one => one.Region == node.Region && one.Group == node.Group)
                      select StepFor(
                          node,
                          [
                              Milestone.Watched(node.Label),
                              .. changes.Groups.Where(other => grp.DependsOn.Contains(other.Group))
                                  .Select(other => Milestone.Past(Transition.ClusterStarting, other.Region, other.Group)),
                          ]);
        return started.Concat(changes.Turns.Where(turn => turn.Kind == TurnKind.Reboot)
            .Select(turn => StepFor(turn.Node, [Milestone.Altered(turn.Node.Label)])));
    }

    private TaskStep StepFor(NodeRecord node, IReadOnlyList<string> after) =>
        new($"boot {node.Label}", (_, token) => BootAsync(node.Key, token))
        {
            After = after,
            Before = [Milestone.Booted(node.Label)],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Cost = new([nameof(LimitClass.Other)], CloudTimes.Boot),
            Doing = "booting",
        };

    private async Task BootAsync(string key, CancellationToken cancellation)
    {
        var node = tools.Book.Node(key);
        var config = tools.Book.Resources.FirstOrDefault(made => made.Kind == ResourceKind.Config && made.NodeKey == key)?.CloudId;
        await NodeWaits.BringUpAsync(tools, node, config, cancellation).ConfigureAwait(false);
        await tools.Book.ChangeNodeAsync(key, now => now with
        {
            State = NodeState.Ready, Power = "running", Boot = BootState.Booting, Failure = null,
        }).ConfigureAwait(false);
    }
}
