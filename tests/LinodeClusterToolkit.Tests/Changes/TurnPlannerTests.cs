using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Tests.Changes;

/// <summary>Nodes that go down for a change do so one of a group after the other; groups do not wait for each other.</summary>
public sealed class TurnPlannerTests
{
    [Fact]
    public void A_node_waits_for_the_one_before_it_in_its_group_and_for_nobody_else()
    {
        var turns = Turns(Change(ChangeRules.NodeType, "web", 1), Change(ChangeRules.NodeType, "web", 3), Change(ChangeRules.NodeType, "db", 1));

        Assert.Equal(["web-1 after ", "web-3 after web-1", "db-1 after "], turns.Select(turn => $"{turn.Node.Label} after {string.Join(' ', turn.After)}"));
    }

    [Fact]
    public void All_that_a_node_is_to_get_comes_in_one_turn()
    {
        var turn = Assert.Single(Turns(Change(ChangeRules.NodeType, "web", 2), Change(ChangeRules.NodePrivateIp, "web", 2)));

        Assert.Equal((TurnKind.Reboot, "g6-standard-1", true), (turn.Kind, turn.Type, turn.GetsPrivateIp));
    }

    [Fact]
    public void Who_is_made_anew_for_one_reason_is_made_anew_once()
    {
        var turn = Assert.Single(Turns(Change(ChangeRules.NodeImage, "web", 2), Change(ChangeRules.NodeType, "web", 2)));

        Assert.Equal(TurnKind.Rebuild, turn.Kind);
    }

    [Fact]
    public void What_is_changed_while_a_node_is_at_work_gives_it_no_turn() =>
        Assert.Empty(Turns(Change(ChangeRules.NodeTags, "web", 1), Change(ChangeRules.NodeUsers, "web", 2)));

    private static IReadOnlyList<Turn> Turns(params PlannedChange[] changes)
    {
        var nodes = new[] { Small.Node("web", 1), Small.Node("web", 2), Small.Node("web", 3), Small.Node("db", 1) };
        var records = nodes.ToDictionary(node => node.Key, node => node.Record(NodeState.Ready, node.Ordinal));
        return new TurnPlanner(Small.Plan(nodes), records).Plan(changes);
    }

    private static PlannedChange Change(ChangeRule rule, string group, int ordinal) =>
        rule.Of("node", $"us-east/{group}/{ordinal}", $"{group}-{ordinal}") with { Region = "us-east", Group = group, Node = $"us-east/{group}/{ordinal}" };
}
