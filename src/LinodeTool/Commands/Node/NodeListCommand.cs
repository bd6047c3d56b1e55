using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Grammar;
using LinodeTool.Views;
using Where = LinodeClusterToolkit.Inventory.Queries.NodeFilter;

namespace LinodeTool.Commands;

internal static class NodeListCommand
{
    private static readonly Guide Guide = new(
        "To see nodes and their addresses: all, by cluster, tag, region, group or state, or by any question of linodetool help queries.",
        ["node list --tag webserver -o json", "node list --cluster ha-wordpress -o name", "node list --columns label,public_ipv4 --no-header",
            "node list --where 'tag=master and region=newark and state!=ready'", "node list --where 'age>30d and monthly>=20' -o wide"],
        ["node show", "cluster show"]);

    private static readonly string[] States = [.. Enum.GetValues<NodeState>().Select(state => state.Word())];

    public static Verb Create()
    {
        var cluster = Words.Text("--cluster", "NAME", "Only nodes of this cluster");
        var tag = Words.Text("--tag", "TAG", "Only nodes with this tag");
        var region = Words.Text("--region", "ID", "Only nodes in this region");
        var group = Words.Text("--group", "NAME", "Only nodes of this group");
        var state = Words.Text("--state", "STATE", "Only nodes in this state");
        var where = Words.Text("--where", "QUERY", "Only nodes that fit a query, such as 'age>3d and not tag=web'");
        return new Verb("list", "List nodes", Guide, async context =>
        {
            var query = new NodeQuery(context.Value(cluster), context.Value(tag), context.Value(region), context.Value(group),
                StateOf(context.Value(state))) { Where = context.Value(where) is { } text ? Where.Parse(text) : null };
            context.View.List(await Inventories.NodesAsync(context, query).ConfigureAwait(false), NodeView.Shape);
            return ExitCode.Done;
        })
        {
            cluster, tag, region, group, state, where,
        };
    }

    private static NodeState? StateOf(string? word) => word is null ? null
        : Array.IndexOf(States, word) is >= 0 and var at ? Enum.GetValues<NodeState>()[at]
        : throw new LinodeToolkitException(UsageProblems.BadValue("--state", word, $"one of {string.Join(", ", States)}", States));
}
