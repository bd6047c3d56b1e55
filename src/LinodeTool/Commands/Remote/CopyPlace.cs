using LinodeClusterToolkit.Inventory;

namespace LinodeTool.Commands;

/// <summary>One side of a copy, read as scp reads it: a colon before the first slash puts it on nodes.</summary>
/// <param name="Text">As typed.</param>
/// <param name="Of">Node, group, or <c>*</c>; null for a path of this machine.</param>
/// <param name="Path">Path there; on a node one that is not absolute starts from the account's own folder.</param>
internal sealed record CopyPlace(string Text, string? Of, string Path)
{
    private const string All = "*";

    public static CopyPlace Parse(string text)
    {
        var (colon, slash) = (text.IndexOf(':', StringComparison.Ordinal), text.IndexOf('/', StringComparison.Ordinal));
        return colon > 0 && (slash < 0 || colon < slash) ? new(text, text[..colon], text[(colon + 1)..]) : new(text, null, text);
    }

    /// <summary>The nodes it is on. A node's own label counts before a group's name, and that before what a name could mean else.</summary>
    public async Task<IReadOnlyList<NodeRecord>> NodesAsync(ToolContext context, string cluster)
    {
        var view = await context.Toolkit.GetClusterAsync(cluster, context.Cancellation).ConfigureAwait(false);
        var several = Of == All ? new NodeFilter()
            : view.Nodes.All(node => node.Label != Of) && view.Nodes.Any(node => node.Group == Of) ? new NodeFilter(Group: Of)
            : new NodeFilter { Names = [Of!] };
        return await several.FindAsync(context, view.Cluster.Name).ConfigureAwait(false);
    }
}
