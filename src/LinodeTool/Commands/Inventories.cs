using LinodeClusterToolkit.Inventory;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>What several verbs read from the inventory.</summary>
internal static class Inventories
{
    public static async Task<IReadOnlyList<NodeDocument>> NodesAsync(ToolContext context, NodeQuery query)
    {
        var names = await context.Toolkit.GetClusterNamesAsync(context.Cancellation).ConfigureAwait(false);
        var (nodes, prices) = (new List<NodeDocument>(), new NodePrices(context));
        await foreach (var node in context.Toolkit.ListNodesAsync(query, context.Cancellation).ConfigureAwait(false))
        {
            nodes.Add(prices.Tell(NodeDocument.From(node, names.GetValueOrDefault(node.ClusterId))));
        }

        return nodes;
    }
}
