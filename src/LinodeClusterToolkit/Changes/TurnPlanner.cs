using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Changes;

/// <summary>Puts nodes that have to go down one after the other, group by group: what a group does goes on meanwhile; pure.</summary>
internal sealed class TurnPlanner(ResolvedPlan target, IReadOnlyDictionary<string, NodeRecord> nodes)
{
    /// <summary>The turns that changes ask for, one node of a group at a time.</summary>
    public IReadOnlyList<Turn> Plan(IReadOnlyList<PlannedChange> changes)
    {
        var turns = new List<Turn>();
        foreach (var region in target.Regions)
        {
            foreach (var group in region.Groups)
            {
                var wanted = changes.Where(change => change.Way is ChangeWay.Reboot or ChangeWay.Rebuild && change.Region == region.Id && change.Group == group.Name)
                    .ToLookup(change => change.Node!, StringComparer.Ordinal);
                string[] before = [];
                foreach (var node in group.Nodes.Where(node => wanted.Contains(node.Key)))
                {
                    turns.Add(TurnOf(region.Id, group, node, [.. wanted[node.Key]], before));
                    before = [node.Label];
                }
            }
        }

        return turns;
    }

    private Turn TurnOf(string region, ResolvedGroup group, ResolvedNode node, IReadOnlyList<PlannedChange> changes, IReadOnlyList<string> after)
    {
        var member = new Member(node.Key, node.Label, node.Ordinal) { Runs = node.Boot };
        var isNewType = changes.Any(change => change.Rule == ChangeRules.NodeType.Id);
        var grown = changes.Where(change => change.Rule == ChangeRules.NodeDiskGrown.Id).Select(change => change.Fact).ToHashSet(StringComparer.Ordinal);
        return new(
            nodes[node.Key], changes.Any(change => change.Way == ChangeWay.Rebuild) ? TurnKind.Rebuild : TurnKind.Reboot,
            ChangedGroup.Of(region, group, group.Nodes.Count - 1, [member]) with { IsInTurn = true }, after)
        {
            GetsPrivateIp = changes.Any(change => change.Rule == ChangeRules.NodePrivateIp.Id),
            Type = isNewType ? node.Type : null, Disks = [.. node.Disks.Where(disk => grown.Contains($"disk {disk.Label}"))],
        };
    }
}
