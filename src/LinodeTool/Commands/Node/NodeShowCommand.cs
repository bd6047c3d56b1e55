using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class NodeShowCommand
{
    private static readonly Guide Guide = new(
        "To see all that is known of one node, and when its state changed.",
        ["node show web-us-east-01", "node show 70001234 -o yaml"],
        ["node list", "node why", "node ssh", "cluster show"]);

    public static Verb Create()
    {
        var name = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        return new Verb("show", "Show a node", Guide, async context =>
        {
            var node = await context.Toolkit.GetNodeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            var names = await context.Toolkit.GetClusterNamesAsync(context.Cancellation).ConfigureAwait(false);
            var changes = await context.Toolkit.ListChangesAsync(new(node.ClusterId, node.Key), context.Cancellation)
                .Select(ChangeDocument.Of).ToListAsync(context.Cancellation).ConfigureAwait(false);
            var document = new NodePrices(context).Tell(NodeDocument.From(node, names.GetValueOrDefault(node.ClusterId)));
            context.View.One(document with { History = changes }, NodeView.Shape, NodeView.WithHistory);
            return ExitCode.Done;
        })
        {
            name, cluster,
        };
    }
}
