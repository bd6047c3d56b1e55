using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Security;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Opens on every node what its group's services need, towards the peers there are; also on nodes that were there or off before.</summary>
internal sealed class OpenPorts(ConfigurationTools tools) : IGraphPart
{
    /// <summary>Whether it is one of these: where a node is still to get its addresses, what was opened before is opened towards it too.</summary>
    public static bool Is(TaskStep step) => step.Name.StartsWith("ports ", StringComparison.Ordinal);

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        var map = changes.Services;
        var fresh = from node in changes.BootedNodes
                    where map.Find(node.Region, node.Group) is not null
                    select StepFor(map, node.Key, node.Label, node.Region, node.Group, [Milestone.Secured(node.Label), Milestone.Addresses]) with
                    {
                        Before = [Milestone.Joined(node.Label)],
                    };
        // Peers may have come and gone while it was off, and another may have the address of one that went.
        var started = from node in changes.StartedNodes
                      where map.Find(node.Region, node.Group) is not null
                      select StepFor(map, node.Key, node.Label, node.Region, node.Group, [Milestone.Reachable(node.Label)]) with
                      {
                          Before = [Milestone.Assembled(node.Label)],
                      };
        var rebooted = from turn in changes.Turns
                       let node = turn.Node
                       where turn.Kind == TurnKind.Reboot && turn.Group.Members[0].Runs && map.Find(node.Region, node.Group) is not null
                       select StepFor(map, node.Key, node.Label, node.Region, node.Group, [Milestone.Reachable(node.Label)]) with
                       {
                           Before = [Milestone.Assembled(node.Label)],
                       };
        // Of no group: those are done, and their progress is not this run's. One that has a turn is told again after it: not all addresses were known in it.
        var readdressed = changes.Turns.Where(turn => turn.GetsPrivateIp).Select(turn => Milestone.TurnEnded(turn.Node.Label)).ToList();
        var isOther = changes.AddedNodes.Count > 0 || changes.RemovedNodes.Count > 0 || readdressed.Count > 0;
        var edited = changes.EditsBy(ChangeRules.Services).Select(edit => edit.Change.Key).ToHashSet(StringComparer.Ordinal);
        var kept = from node in changes.KeptNodes
                   where node is { State: NodeState.Ready, Configuration: not ConfigurationState.None }
                       && (edited.Contains(node.Key) || (isOther && map.Find(node.Region, node.Group) is not null))
                   let turn = changes.TurnOf(node.Key) is null ? [] : new[] { Milestone.TurnEnded(node.Label) }
                   let step = StepFor(
                       map, node.Key, node.Label, node.Region, null,
                       [.. new[] { Milestone.Addresses, Milestone.NodesGone }.Concat(turn).Concat(readdressed).Distinct(StringComparer.Ordinal)])
                   select turn.Length == 0 ? step : step with { Name = $"{step.Name} again" };
        return fresh.Concat(started).Concat(rebooted).Concat(kept);
    }

    private TaskStep StepFor(ServiceMap map, string key, string label, string region, string? group, IReadOnlyList<string> after) =>
        new($"ports {label}", (_, token) => OpenAsync(map, key, token))
        {
            After = after, Subject = new StepSubject(region, group, label), Doing = "opening ports",
        };

    private Task OpenAsync(ServiceMap map, string key, CancellationToken cancellation)
    {
        var (node, nodes) = (tools.Book.Node(key), tools.Book.Nodes);
        var ports = PortSets.Render(ServicePeers.In(node, map, nodes), ServicePeers.Out(node, map, nodes));
        return tools.RunAsync(key, ShellScript.Of("Configuration", "ports").With("ports", ports), cancellation);
    }
}
