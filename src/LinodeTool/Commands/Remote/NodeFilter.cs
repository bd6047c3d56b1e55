using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Which nodes of a cluster are meant: those that fit all that is said.</summary>
internal sealed record NodeFilter(string? Group = null, string? Region = null, string? Tag = null)
{
    /// <summary>Nodes named one by one; none means any.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The nodes. Those that are not up are left out, and said, unless they are named one by one.</summary>
    /// <exception cref="LinodeToolkitException">There is none.</exception>
    public async Task<IReadOnlyList<NodeRecord>> FindAsync(ToolContext context, string cluster)
    {
        var view = await context.Toolkit.GetClusterAsync(cluster, context.Cancellation).ConfigureAwait(false);
        if (Names.Count > 0)
        {
            var named = await NamedAsync(context, Names, view.Cluster.Name).ConfigureAwait(false);
            return named.Any(Fits) ? [.. named.Where(Fits)] : throw Nobody(view);
        }

        var fitting = view.Nodes.Where(node => node.State != NodeState.Gone && Fits(node)).ToList();
        return Up(context, fitting.Count > 0 ? fitting : throw Nobody(view), view.Cluster.Name);
    }

    /// <summary>Nodes by name, each once; they are tried whatever their state.</summary>
    public static async Task<IReadOnlyList<NodeRecord>> NamedAsync(ToolContext context, IEnumerable<string> names, string? cluster)
    {
        var nodes = new List<NodeRecord>();
        foreach (var name in names)
        {
            nodes.Add(await context.Toolkit.GetNodeAsync(name, cluster, context.Cancellation).ConfigureAwait(false));
        }

        return [.. nodes.DistinctBy(node => (node.ClusterId, node.Key))];
    }

    /// <summary>Those of them that are up; the others are said.</summary>
    private static IReadOnlyList<NodeRecord> Up(ToolContext context, IReadOnlyList<NodeRecord> nodes, string cluster)
    {
        var skipped = nodes.Where(node => node.State is not (NodeState.Ready or NodeState.Created)).ToList();
        if (skipped.Count > 0)
        {
            var which = string.Join(", ", skipped.Select(node => $"{node.Label} ({node.State.Word()})"));
            context.Messages.Note($"skipped {Say.Count(skipped.Count, "node")} not up: {which}");
        }

        return skipped.Count < nodes.Count ? [.. nodes.Except(skipped)] : throw new LinodeToolkitException(CommandProblems.NoneUp(cluster));
    }

    private bool Fits(NodeRecord node) => Same(Group, node.Group) && Same(Region, node.Region) && (Tag is null || node.Tags.Contains(Tag));

    private static bool Same(string? wanted, string given) => wanted is null || wanted.Equals(given, StringComparison.OrdinalIgnoreCase);

    private LinodeToolkitException Nobody(ClusterView view)
    {
        var words = new (string Name, string? Value)[] { ("group", Group), ("region", Region), ("tag", Tag) }.Where(said => said.Value is not null)
            .Select(said => $"{said.Name} \"{said.Value}\"");
        return new(CommandProblems.NoSuchNodes(
            view.Cluster.Name, string.Join(", ", words), [.. view.Nodes.Select(node => node.Group).Distinct().Order(StringComparer.Ordinal)]));
    }
}
