using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Inventory.Queries;

namespace LinodeClusterToolkit.Tests.Inventory.Queries;

public sealed class NodeQueryLiftTests
{
    [Theory]
    [InlineData("tag=a", "tag a")]
    [InlineData("tag=a and region=us-east and group=web", "tag a, region us-east, group web")]
    [InlineData("cluster=shop and state=failed", "cluster shop, state Failed")]
    [InlineData("tag=a and tag=b and label~x", "tag a, and more")]
    [InlineData("tag=a and tag=a", "tag a")]
    [InlineData("tag in (a, b) and group=web", "group web, and more")]
    [InlineData("tag=a or group=web", "and more")]
    [InlineData("not tag=a", "and more")]
    [InlineData("(tag=a)", "tag a")]
    public void What_all_nodes_must_have_stands_in_members_that_stores_have_keys_for(string query, string lifted) =>
        Assert.Equal(lifted, Text(new NodeQuery { Where = NodeFilter.Parse(query) }.Lifted()));

    [Fact]
    public void What_a_query_says_already_is_kept() => Assert.Equal(
        "tag b, and more", Text(new NodeQuery(Tag: "b") { Where = NodeFilter.Parse("tag=a") }.Lifted()));

    [Theory]
    [InlineData("state in (gone, failed)", true)]
    [InlineData("not state=gone", true)]
    [InlineData("state!=ready", false)]
    public void Nodes_that_are_gone_are_listed_where_they_are_spoken_of(string query, bool gone) =>
        Assert.Equal(gone, new NodeQuery { Where = NodeFilter.Parse(query) }.Lifted().IncludeGone);

    private static string Text(NodeQuery query)
    {
        var members = new (string Name, object? Value)[]
        {
            ("tag", query.Tag), ("region", query.Region), ("group", query.Group), ("cluster", query.Cluster), ("state", query.State),
        };
        return string.Join(", ", members.Where(member => member.Value is not null).Select(member => $"{member.Name} {member.Value}")
            .Concat(query.Where is null ? [] : ["and more"]));
    }
}
