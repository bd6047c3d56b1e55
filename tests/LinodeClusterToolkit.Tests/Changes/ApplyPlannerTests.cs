using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Tests.Changes;

/// <summary>From changes that were decided on to what is done, in which order; drawn without tools, since drawing asks nobody anything.</summary>
public sealed class ApplyPlannerTests
{
    private static readonly ResolvedNode[] Web = [Small.Node("web", 1), Small.Node("web", 2)];

    [Fact]
    public void What_is_refused_or_only_kept_does_nothing()
    {
        var changes = Plan(Small.Plan(Web), On(ChangeRules.NodeTypeTooSmall, Web[0]), ChangeRules.GroupNames.Of("group", "us-east/web", "web"));

        Assert.True(changes.IsEmpty);
    }

    [Fact]
    public void A_node_that_comes_is_made_and_the_others_are_told_its_name_and_nothing_else()
    {
        var steps = Steps(Plan(Small.Plan([.. Web, Small.Node("web", 3)]), On(ChangeRules.NodeAdded, Small.Node("web", 3))));

        Assert.Contains("create web-3", steps);
        Assert.Equal(["names web-1", "names web-2"], steps.Where(step => step.EndsWith("web-1", StringComparison.Ordinal) || step.EndsWith("web-2", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nodes_of_a_turn_get_their_address_while_they_are_off_and_all_are_told_of_it_afterwards()
    {
        var graph = Draw(Plan(Served(Small.Plan(Web)), On(ChangeRules.NodePrivateIp, Web[0]), On(ChangeRules.NodePrivateIp, Web[1])));

        Assert.Equal(["web-1 off"], After(graph, "private address of web-1"));
        Assert.Contains("private address of web-1", After(graph, "web-1 altered"));
        Assert.Contains("turn of web-1 ended", After(graph, "turn of web-2"));
        foreach (var told in new[] { "names web-1", "names web-2", "ports web-1 again", "ports web-2 again" })
        {
            Assert.Superset(new HashSet<string> { "turn of web-1 ended", "turn of web-2 ended" }, After(graph, told).ToHashSet());
        }
    }

    [Fact]
    public void A_balancer_waits_for_the_addresses_that_turns_bring()
    {
        var front = Small.Balancer("front", Web[0].Key, Web[1].Key);

        var graph = Draw(Plan(Small.Plan(Web, [front]), On(ChangeRules.NodePrivateIp, Web[0]), On(ChangeRules.NodePrivateIp, Web[1]),
            ChangeRules.BalancerAdded.Of("balancer", front.Key, front.Label)));

        Assert.Equal(["turn of web-1 ended", "turn of web-2 ended"], After(graph, "balancer us-east/front"));
    }

    [Fact]
    public void Services_that_change_are_opened_on_the_nodes_concerned_also_where_a_group_has_none_any_more()
    {
        var steps = Steps(Plan(Small.Plan(Web), On(ChangeRules.Services, Web[1])));

        Assert.Equal(["ports web-2"], steps);
    }

    [Fact]
    public void A_node_that_is_down_in_its_turn_is_told_of_newcomers_after_it()
    {
        var graph = Draw(Plan(Served(Small.Plan([.. Web, Small.Node("web", 3)])), On(ChangeRules.NodeAdded, Small.Node("web", 3)), On(ChangeRules.NodeType, Web[0])));

        Assert.Contains("turn of web-1 ended", After(graph, "names web-1"));
        Assert.Contains("turn of web-1 ended", After(graph, "ports web-1 again"));
        Assert.DoesNotContain("turn of web-1 ended", After(graph, "names web-2"));
    }

    [Fact]
    public void A_node_that_is_gone_from_the_account_is_made_again_and_keeps_its_part_once_it_is_complete()
    {
        var changes = new ApplyPlanner(Small.Cluster, Small.Plan(Web), [Small.Plan(Web)], Records(), [])
            .Plan([On(ChangeRules.NodeAgain, Web[0])], keepVolumes: false);

        Assert.Equal("web-1", Assert.Single(changes.AddedNodes).Label);
    }

    [Fact]
    public void A_user_that_is_no_more_is_named_whatever_plan_in_force_had_it()
    {
        var (ops, audit) = (new Account("deploy", null, [], false, false, []), new Account("audit", null, [], false, false, []));
        ResolvedNode[] web = [.. Web.Select(node => node with { Users = ["ops"] })];
        var target = Small.Plan(web) with { Accounts = new Dictionary<string, AccountSet> { ["ops"] = new([], []) } };
        var first = Small.Plan(web) with { Accounts = new Dictionary<string, AccountSet> { ["ops"] = new([], [ops]) } };
        var begun = Small.Plan(web) with { Accounts = new Dictionary<string, AccountSet> { ["ops"] = new([], [audit]) } };

        var set = new ApplyPlanner(Small.Cluster, target, [begun, first], Records(), []).Plan([On(ChangeRules.NodeUsers, web[0])], keepVolumes: false);

        Assert.Equal(["audit", "deploy"], Assert.Single(set.Edits).Former);
    }

    [Fact]
    public void Volumes_of_nodes_that_go_are_kept_where_that_is_said()
    {
        var left = Small.Plan([Web[0]]);
        var volume = Small.Made(ResourceKind.Volume, "us-east/web/2/data", nodeKey: Web[1].Key);
        PlannedChange[] changes =
        [
            On(ChangeRules.NodeRemoved, Web[1]), ChangeRules.VolumeRemoved.Of("volume", volume.Key, volume.Label) with { Node = Web[1].Key },
        ];

        ChangeSet Of(bool keep) => new ApplyPlanner(Small.Cluster, left, [Small.Plan(Web)], Records(), [volume]).Plan(changes, keep);

        Assert.Equal(volume.Key, Assert.Single(Of(keep: false).RemovedResources).Key);
        Assert.Empty(Of(keep: true).RemovedResources);
    }

    private static ChangeSet Plan(ResolvedPlan target, params PlannedChange[] changes) =>
        new ApplyPlanner(Small.Cluster, target, [Small.Plan(Web)], Records(), []).Plan(changes, keepVolumes: false);

    private static NodeRecord[] Records() =>
        [.. Web.Select(node => node.Record(NodeState.Ready, node.Ordinal) with { Configuration = ConfigurationState.Configured })];

    private static ResolvedPlan Served(ResolvedPlan plan) => plan with
    {
        Services = [new("http", [new(80, 80, "tcp")], ["web"], [], false)],
        Regions = [.. plan.Regions.Select(region => region with { Groups = [.. region.Groups.Select(group => group with { Provides = ["http"] })] })],
    };

    private static PlannedChange On(ChangeRule rule, ResolvedNode node) =>
        rule.Of("node", node.Key, node.Label) with { Region = node.Region, Group = node.Group, Node = node.Key };

    private static TaskGraph Draw(ChangeSet changes) => Blueprint.Draw(changes, BuiltIns.GraphParts(null!, null!));

    private static IEnumerable<string> Steps(ChangeSet changes) => Draw(changes).Steps.Where(step => step.Work is not null).Select(step => step.Name);

    private static List<string> After(TaskGraph graph, string step) =>
        [.. graph.After(graph.Find(step) ?? throw new InvalidOperationException($"no step {step}")).Select(at => graph.Steps[at].Name).Order(StringComparer.Ordinal)];
}
