using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;
using LinodeClusterToolkit.Tests.Changes;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Provisioning;

/// <summary>The graph as text, a line a step: its name and what it comes after. It is drawn without tools: drawing asks nobody anything.</summary>
public sealed class GraphTests
{
    [Fact]
    public void A_plain_node_is_created_behind_the_firewall_and_started()
    {
        Assert.Equal(
            """
            all nodes gone
            all groups drained
            firewall lct-shop-0badcafe
            firewall in place < firewall lct-shop-0badcafe
            create web-1 < firewall in place
            web-1 exists < create web-1
            all addresses known < web-1 exists
            web-1 laid out < web-1 exists
            web-1 equipped < web-1 laid out
            start web-1 < web-1 laid out
            web-1 booted < start web-1, web-1 laid out
            reach web-1 < web-1 booted
            web-1 reachable < reach web-1, web-1 booted
            secure web-1 < web-1 reachable
            web-1 secured < secure web-1, web-1 reachable
            web-1 past created < web-1 secured
            first boot web-1 < web-1 secured
            web-1 configured < first boot web-1, web-1 past created
            web-1 past firstboot < web-1 configured
            web-1 past sshready < web-1 past firstboot
            web-1 past boot < web-1 past sshready
            verify web-1 < web-1 past boot
            web-1 ready < verify web-1, web-1 equipped, web-1 past boot
            names web-1 < all addresses known, web-1 secured
            web-1 joined < all addresses known, names web-1, web-1 secured
            web-1 assembled < web-1 joined, web-1 ready
            group us-east/web ready < web-1 assembled
            group us-east/web at clusterstarting < group us-east/web ready
            web-1 past clusterstarting < group us-east/web at clusterstarting, web-1 assembled
            web-1 started < web-1 past clusterstarting
            group us-east/web past clusterstarting < web-1 started
            cluster us-east started < group us-east/web past clusterstarting
            group us-east/web at clusterstarted < cluster us-east started
            web-1 past clusterstarted < group us-east/web at clusterstarted, web-1 started
            group us-east/web past clusterstarted < web-1 past clusterstarted
            region us-east ready < cluster us-east started, group us-east/web past clusterstarted
            group us-east/web at regionready < region us-east ready
            web-1 past regionready < group us-east/web at regionready, web-1 past clusterstarted
            group us-east/web past regionready < web-1 past regionready
            whole plan ready < group us-east/web past regionready, region us-east ready
            group us-east/web at planready < whole plan ready
            web-1 past planready < group us-east/web at planready, web-1 past regionready
            group us-east/web past planready < web-1 past planready
            whole plan past planready < group us-east/web past planready, whole plan ready
            record starting < group us-east/web ready
            record started us-east < group us-east/web past clusterstarting, record starting
            record clusterstarted us-east < group us-east/web past clusterstarted, record started us-east
            record regionready us-east < group us-east/web past regionready, record clusterstarted us-east
            record planready < record regionready us-east, whole plan past planready
            all else ended < record planready, web-1 assembled, whole plan past planready
            see what stands < all else ended
            """,
            Text(Draw(Adding(Node("web", 1)))));
    }

    [Fact]
    public void Disks_are_made_one_after_the_other_and_volumes_once_they_are_laid_out()
    {
        var node = Node("db", 1) with
        {
            Disks = [new("boot", 40000, "ext4", true), new("swap", 10000, "swap", false)], Volumes = [Volume("data", "db-1-data")],
        };

        Assert.Equal(
            """
            provision db-1 < db-1 exists
            disk db-1/boot < provision db-1
            disk db-1/swap < disk db-1/boot
            configure boot of db-1 < disk db-1/swap
            db-1 laid out < configure boot of db-1, db-1 exists
            volume db-1-data < db-1 laid out
            attach db-1-data < volume db-1-data
            db-1 equipped < attach db-1-data, db-1 laid out
            start db-1 < db-1 laid out
            db-1 booted < db-1 laid out, start db-1
            reach db-1 < db-1 booted
            db-1 reachable < db-1 booted, reach db-1
            secure db-1 < db-1 reachable
            db-1 secured < db-1 reachable, secure db-1
            db-1 past created < db-1 secured
            first boot db-1 < db-1 secured
            storage db-1 < db-1 equipped, db-1 secured
            db-1 configured < db-1 past created, first boot db-1, storage db-1
            db-1 past firstboot < db-1 configured
            db-1 past sshready < db-1 past firstboot
            db-1 past boot < db-1 past sshready
            verify db-1 < db-1 past boot
            db-1 ready < db-1 equipped, db-1 past boot, verify db-1
            names db-1 < all addresses known, db-1 secured
            db-1 joined < all addresses known, db-1 secured, names db-1
            db-1 assembled < db-1 joined, db-1 ready
            db-1 past clusterstarting < db-1 assembled, group us-east/db at clusterstarting
            db-1 started < db-1 past clusterstarting
            db-1 past clusterstarted < db-1 started, group us-east/db at clusterstarted
            db-1 past regionready < db-1 past clusterstarted, group us-east/db at regionready
            db-1 past planready < db-1 past regionready, group us-east/db at planready
            """,
            Text(Draw(Adding(node)), line => line.Contains("db-1") && !line.StartsWith("create") && !line.StartsWith("all") && !line.StartsWith("db-1 exists") && !line.StartsWith("group")));
    }

    [Fact]
    public void A_balancer_comes_after_the_added_nodes_behind_it_and_before_its_region_is_ready()
    {
        var (kept, added, other) = (Node("web", 1), Node("web", 2), Node("db", 1));
        var plan = Plan([kept, added, other], [Balancer("front", kept.Key, added.Key)]);
        var graph = Draw(ChangePlanner.Additions(Cluster, plan, [kept.Record(NodeState.Ready)], []));

        Assert.Equal(["web-2 exists"], After(graph, "balancer us-east/front"));
        Assert.Contains("balancer us-east/front", After(graph, "region us-east ready"));
    }

    [Fact]
    public void A_group_is_ready_with_as_many_as_its_minimum_leaves_to_add()
    {
        var nodes = new[] { Node("web", 1), Node("web", 2), Node("web", 3) };
        int? AtLeast(int min, params NodeRecord[] there)
        {
            var graph = Draw(ChangePlanner.Additions(Cluster, Plan(nodes, min: min), there, []));
            return graph.Steps[graph.Find("group us-east/web ready")!.Value].AtLeast;
        }

        Assert.Equal(3, AtLeast(3));
        Assert.Equal(2, AtLeast(2));
        Assert.Equal(1, AtLeast(2, nodes[0].Record(NodeState.Ready)));
        Assert.Equal(0, AtLeast(1, nodes[0].Record(NodeState.Ready)));
    }

    [Fact]
    public void Balancers_are_deleted_first_then_nodes_then_volumes_and_the_firewall()
    {
        var changes = ChangePlanner.Everything(
            Cluster, Plan([]), [Node("web", 1).Record(NodeState.Ready)],
            [Made(ResourceKind.Volume, "us-east/web/1/data"), Made(ResourceKind.Balancer, "us-east/front"), Made(ResourceKind.Firewall, "firewall")],
            keepVolumes: false);

        Assert.Equal(
            """
            firewall in place
            all addresses known
            whole plan ready
            whole plan past planready < whole plan ready
            all groups drained
            web-1 past removing < all groups drained
            web-1 released < web-1 past removing
            delete balancer us-east/front
            delete web-1 < delete balancer us-east/front, web-1 released
            all nodes gone < delete web-1
            delete volume us-east/web/1/data < all nodes gone
            delete firewall firewall < all nodes gone
            forget keys < all nodes gone
            """,
            Text(Draw(changes)));
    }

    [Fact]
    public void Two_found_volumes_of_one_label_are_two_steps()
    {
        var one = Made(ResourceKind.Volume, "us-east/db/1/data", 1) with { Label = "data" };

        var graph = Draw(ChangePlanner.Everything(Cluster, Plan([]), [], [one, one with { Key = "found/2", CloudId = 2 }], keepVolumes: false));

        Assert.NotNull(graph.Find("delete volume us-east/db/1/data"));
        Assert.NotNull(graph.Find("delete volume found/2"));
    }

    [Fact]
    public void A_turn_is_a_way_down_and_up_of_its_own_and_a_round_waits_for_all_of_the_one_before()
    {
        var nodes = Enumerable.Range(1, 3).Select(at => Node("web", at)).ToList();
        NodeRecord[] records = [.. nodes.Select(node => node.Record(NodeState.Ready, node.Ordinal) with { Configuration = ConfigurationState.Configured })];
        var plan = Plan(nodes, [Balancer("front", nodes[0].Key, nodes[2].Key)]);

        var graph = Draw(RoundPlanner.Roll(Cluster, plan, records, records, [], new TurnTerms(TurnKind.Reboot, AtOnce: 2) { Type = "g6-standard-2" }));

        Assert.Equal(["turn of web-1 ended", "turn of web-2 ended"], After(graph, "turn of web-3"));
        Assert.Empty(After(graph, "turn of web-2"));
        Assert.Equal(
            """
            drain web-3 < turn of web-3
            web-3 past clusterstopping < drain web-3, turn of web-3
            stop web-3 < web-3 past clusterstopping
            web-3 off < stop web-3, web-3 past clusterstopping
            resize web-3 < web-3 off
            web-3 altered < resize web-3, web-3 off
            boot web-3 < web-3 altered
            web-3 booted < boot web-3, web-3 altered
            reach web-3 < web-3 booted
            web-3 reachable < reach web-3, web-3 booted
            web-3 past boot < web-3 reachable
            web-3 assembled < web-3 past boot
            web-3 past clusterstarting < web-3 assembled
            web-3 started < web-3 past clusterstarting
            web-3 past clusterstarted < web-3 started
            web-3 past regionready < web-3 past clusterstarted
            web-3 past planready < web-3 past regionready
            accept web-3 < web-3 started
            record turn of web-3 < web-3 past planready
            """,
            Text(graph, line => line.Contains("web-3", StringComparison.Ordinal) && !line.StartsWith("turn", StringComparison.Ordinal)));
        Assert.Equal(["accept web-3", "record turn of web-3", "web-3 past planready"], After(graph, "turn of web-3 ended"));
    }

    [Fact]
    public void What_is_made_anew_in_its_turn_is_cleared_first_and_those_that_others_replace_do_not_wait_for_each_other()
    {
        var nodes = Enumerable.Range(1, 2).Select(at => Node("web", at)).ToList();
        NodeRecord[] records = [.. nodes.Select(node => node.Record(NodeState.Ready, node.Ordinal))];
        TaskGraph Of(TurnKind kind) => Draw(RoundPlanner.Roll(Cluster, Plan(nodes), records, records, [], new TurnTerms(kind, AtOnce: 1) { Made = nodes }));

        var (rebuilt, replaced) = (Of(TurnKind.Rebuild), Of(TurnKind.Replace));

        Assert.Equal(["firewall in place", "web-2 cleared"], After(rebuilt, "create web-2"));
        Assert.Equal(["rebuild web-2", "web-2 forgotten"], After(rebuilt, "web-2 cleared"));
        Assert.Equal(["stop web-2", "web-2 past clusterstopping"], After(rebuilt, "web-2 off"));
        Assert.Equal(["turn of web-1 ended"], After(rebuilt, "turn of web-2"));
        Assert.Empty(After(rebuilt, "all addresses known"));
        Assert.Equal(["make room for web-2", "web-2 forgotten"], After(replaced, "web-2 cleared"));
        Assert.Null(replaced.Find("stop web-2"));
        Assert.Empty(After(replaced, "turn of web-2"));
        Assert.Equal(["web-1 exists", "web-2 exists"], After(replaced, "all addresses known"));
    }

    [Theory]
    [InlineData("firewall")]
    [InlineData("plan")]
    [InlineData("nodes")]
    public void No_label_makes_two_steps_one(string label)
    {
        var graph = Draw(Adding(Node("web", 1, label: label)));

        Assert.Equal(graph.Steps.Count, graph.Steps.Select(step => step.Name).Distinct().Count());
        Assert.NotNull(graph.Find($"create {label}"));
    }

    [Fact]
    public void The_same_changes_draw_the_same_graph()
    {
        var changes = Adding(Node("web", 1), Node("web", 2), Node("db", 1) with { Volumes = [Volume("data", "db-1-data")] });

        Assert.Equal(Text(Draw(changes)), Text(Draw(changes)));
    }

    [Fact]
    public void Nodes_with_the_longest_way_to_go_are_worth_creating_first()
    {
        var disks = new ResolvedDisk[] { new("boot", 40000, "ext4", true) };
        var graph = Draw(Adding(Node("plain", 1), Node("off", 1) with { Boot = false }, Node("own", 1) with { Disks = disks }));

        var byWorth = new[] { "own-1", "off-1", "plain-1" }.OrderByDescending(node => graph.RemainingSeconds(graph.Find($"create {node}")!.Value));

        Assert.Equal(["own-1", "plain-1", "off-1"], byWorth);
    }

    private static TaskGraph Draw(ChangeSet changes) => Blueprint.Draw(changes, BuiltIns.GraphParts(null!, null!));

    private static string Text(TaskGraph graph, Func<string, bool>? lines = null) => string.Join('\n', graph.Steps
        .Select(step => After(graph, step.Name) is { Count: > 0 } after ? $"{step.Name} < {string.Join(", ", after)}" : step.Name)
        .Where(lines ?? (_ => true)));

    private static List<string> After(TaskGraph graph, string step) =>
        [.. graph.After(graph.Find(step)!.Value).Select(at => graph.Steps[at].Name).Order(StringComparer.Ordinal)];
}
