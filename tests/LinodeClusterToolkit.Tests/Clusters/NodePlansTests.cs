using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using static LinodeClusterToolkit.Tests.Changes.Small;

namespace LinodeClusterToolkit.Tests.Clusters;

public sealed class NodePlansTests
{
    private static readonly NodeRequest Request = new("newark", "1gb", "debian 12");

    [Fact]
    public void Nodes_without_a_label_are_called_after_cluster_and_region_and_numbered()
    {
        var plan = For(Request with { Count = 2, Tags = ["try"] });

        Assert.Equal(["nodes-us-east-1", "nodes-us-east-2"], plan.Nodes.Select(node => node.Label));
        Assert.All(plan.Nodes, node => Assert.Equal(
            ("us-east", "g6-nanode-1", "linode/debian12", "try"), (node.Region, node.Type, node.Image, Assert.Single(node.Tags))));
        Assert.Equal(3, plan.Counters["us-east/nodes"]);
    }

    [Fact]
    public void A_label_is_taken_as_it_is_for_one_and_numbered_for_several()
    {
        Assert.Equal(["box"], For(Request with { Label = "box" }).Nodes.Select(node => node.Label));
        Assert.Equal(["box-1", "box-2"], For(Request with { Label = "box", Count = 2 }).Nodes.Select(node => node.Label));
    }

    [Fact]
    public void A_number_is_never_given_twice()
    {
        var gone = Node("nodes", 4).Record(NodeState.Gone);

        Assert.Equal("us-east/nodes/5", For(Request, [gone]).Nodes.Single().Key);
        Assert.Equal("us-east/nodes/9", For(Request, [gone], counter: 9).Nodes.Single().Key);
        Assert.Equal("us-east/nodes/1", For(Request, [Node("nodes", 4, "eu-central").Record(NodeState.Ready)]).Nodes.Single().Key);
    }

    [Fact]
    public void A_label_that_a_node_of_the_cluster_has_is_refused()
    {
        var there = Node("nodes", 1, label: "box").Record(NodeState.Ready);

        var refused = Assert.Throws<LinodeToolkitException>(() => For(Request with { Label = "box" }, [there]));

        Assert.Equal("LCT4016", refused.Problem.Code);
        Assert.Equal("us-east/nodes/2", For(Request with { Label = "box" }, [there with { State = NodeState.Gone }]).Nodes.Single().Key);
    }

    [Theory]
    [InlineData("-box")]
    [InlineData("a b")]
    [InlineData("x")]
    public void A_label_the_platform_would_refuse_is_refused_before_anything_is_made(string label) =>
        Assert.Equal("LCT4017", Assert.Throws<LinodeToolkitException>(() => For(Request with { Label = label })).Problem.Code);

    [Fact]
    public void A_host_name_is_made_from_a_label_no_host_could_have() =>
        Assert.Equal("my-box", For(Request with { Label = "my_box" }).Nodes.Single().HostName);

    [Fact]
    public void What_was_mapped_is_noted()
    {
        Assert.Empty(For(new("us-east", "g6-nanode-1", "linode/debian12")).Notes);
        Assert.Single(For(new("us-east-1a", "g6-nanode-1", "linode/debian12")).Notes);
    }

    private static ResolvedPlan For(NodeRequest request, IReadOnlyCollection<NodeRecord>? existing = null, long? counter = null) => NodePlans.For(
        request, "nodes", LinodeCatalog.BuiltIn, existing ?? [],
        counter is { } next ? new Dictionary<string, long> { ["us-east/nodes"] = next } : new Dictionary<string, long>());
}
