using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Changes;

public sealed class ChangePlannerTests
{
    [Fact]
    public void A_new_cluster_gets_all_of_its_plan_and_a_firewall()
    {
        var plan = Plan([Node("web", 1), Node("web", 2)], [Balancer("front", "us-east/web/1")]);

        var changes = ChangePlanner.Additions(Cluster, plan, [], []);

        Assert.Equal(["web-1", "web-2"], changes.AddedNodes.Select(node => node.Label));
        Assert.Equal(["us-east/front"], changes.AddedBalancers.Select(balancer => balancer.Key));
        Assert.True(changes.NeedsFirewall);
        Assert.Empty(changes.KeptNodes);
        Assert.False(changes.IsEmpty);
    }

    [Theory]
    [InlineData(NodeState.Planned)]
    [InlineData(NodeState.Creating)]
    [InlineData(NodeState.Failed)]
    [InlineData(NodeState.Gone)]
    public void What_is_not_complete_is_added_and_what_is_complete_is_kept(NodeState state)
    {
        var (one, two) = (Node("web", 1), Node("web", 2));

        var changes = ChangePlanner.Additions(Cluster, Plan([one, two]), [one.Record(NodeState.Ready), two.Record(state)], []);

        Assert.Equal(["web-2"], changes.AddedNodes.Select(node => node.Label));
        Assert.Equal(["web-1"], changes.KeptNodes.Select(node => node.Label));
    }

    [Fact]
    public void A_running_node_is_added_again_while_one_of_its_volumes_is_missing()
    {
        var node = Node("db", 1) with { Volumes = [Volume("data", "db-1-data"), Volume("log", "db-1-log")] };
        var running = node.Record(NodeState.Ready);

        var one = ChangePlanner.Additions(Cluster, Plan([node]), [running], [Made(ResourceKind.Volume, "data", 7, node.Key)]);
        var both = ChangePlanner.Additions(
            Cluster, Plan([node]), [running], [Made(ResourceKind.Volume, "data", 7, node.Key), Made(ResourceKind.Volume, "log", 8, node.Key)]);

        Assert.Equal(["db-1"], one.AddedNodes.Select(added => added.Label));
        Assert.Empty(one.KeptNodes);
        Assert.True(both.IsEmpty);
    }

    [Fact]
    public void A_complete_cluster_with_a_firewall_has_nothing_to_add()
    {
        var plan = Plan([Node("web", 1)], [Balancer("front", "us-east/web/1")]);

        var changes = ChangePlanner.Additions(
            Cluster with { FirewallId = 5 }, plan, [Node("web", 1).Record(NodeState.Ready)], [Made(ResourceKind.Balancer, "us-east/front")]);

        Assert.True(changes.IsEmpty);
    }

    [Fact]
    public void A_balancer_whose_create_was_never_answered_is_added_again()
    {
        var plan = Plan([Node("web", 1)], [Balancer("front", "us-east/web/1")]);
        var unanswered = Made(ResourceKind.Balancer, "us-east/front") with { CloudId = null };

        var changes = ChangePlanner.Additions(Cluster, plan, [Node("web", 1).Record(NodeState.Ready)], [unanswered]);

        Assert.Equal(["us-east/front"], changes.AddedBalancers.Select(balancer => balancer.Key));
    }

    [Fact]
    public void Nodes_of_the_cluster_that_its_plan_does_not_name_are_left_alone_and_kept()
    {
        var changes = ChangePlanner.Additions(
            Cluster with { FirewallId = 5 }, Plan([Node("web", 1)]), [Node("web", 1).Record(NodeState.Ready), Node("extra", 1).Record(NodeState.Ready)], []);

        Assert.True(changes.IsEmpty);
        Assert.Equal(["web-1", "extra-1"], changes.KeptNodes.Select(node => node.Label));
    }

    [Fact]
    public void A_group_counts_what_it_has_towards_its_minimum()
    {
        var nodes = new[] { Node("web", 1), Node("web", 2), Node("web", 3), Node("db", 1) };

        var changes = ChangePlanner.Additions(
            Cluster, Plan(nodes, min: 2), [nodes[0].Record(NodeState.Ready), nodes[3].Record(NodeState.Ready)], []);

        var web = Assert.Single(changes.Groups);
        Assert.Equal(("us-east", "web", 2, 1), (web.Region, web.Group, web.Min, web.Kept));
        Assert.Equal(["web-2", "web-3"], web.Members.Select(member => member.Label));
    }

    [Fact]
    public void Everything_takes_all_that_lives_of_its_own_and_no_node_that_is_gone()
    {
        var changes = ChangePlanner.Everything(
            Cluster, Plan([]),
            [Node("web", 1).Record(NodeState.Planned), Node("web", 2).Record(NodeState.Gone), Node("web", 3).Record(NodeState.Deleting)],
            [.. Enum.GetValues<ResourceKind>().Select(kind => Made(kind, $"{kind}"))],
            keepVolumes: false);

        Assert.Equal(["web-1", "web-3"], changes.RemovedNodes.Select(node => node.Label));
        Assert.Equal(["Volume", "Balancer", "Firewall", "StackScript"], changes.RemovedResources.Select(made => made.Key));
        Assert.Empty(changes.AddedNodes);
    }

    [Fact]
    public void Volumes_are_kept_where_that_is_asked_for()
    {
        var changes = ChangePlanner.Everything(
            Cluster, Plan([]), [], [Made(ResourceKind.Volume, "data"), Made(ResourceKind.Firewall, "firewall")], keepVolumes: true);

        Assert.Equal(["firewall"], changes.RemovedResources.Select(made => made.Key));
    }

    [Fact]
    public void Single_nodes_take_their_own_volumes_with_them_and_nothing_else()
    {
        var node = Node("db", 1).Record(NodeState.Ready);

        var changes = ChangePlanner.Removal(
            Cluster, Plan([]), [node], [node, Node("db", 2).Record(NodeState.Ready), Node("db", 3).Record(NodeState.Failed)],
            [
                Made(ResourceKind.Volume, "mine", 1, "us-east/db/1"), Made(ResourceKind.Volume, "other", 2, "us-east/db/2"),
                Made(ResourceKind.Disk, "disk", 3, "us-east/db/1"), Made(ResourceKind.Firewall, "firewall", 4),
            ]);

        Assert.Equal(["db-1"], changes.RemovedNodes.Select(removed => removed.Label));
        Assert.Equal(["db-2"], changes.KeptNodes.Select(kept => kept.Label));
        Assert.Equal(["mine"], changes.RemovedResources.Select(made => made.Key));
    }
}
