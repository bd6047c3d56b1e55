using LinodeClusterToolkit.Inventory;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class NodeDeleteCommand
{
    private static readonly Guide Guide = new(
        "To delete single nodes with their disks. At a terminal the label (or, of several, how many) has to be typed; in scripts say --yes.",
        ["node delete db-1", "node delete web-us-east-07 web-us-east-08 --yes", "node delete 70001234 --dry-run"],
        ["node list", "cluster delete"])
    {
        ExitNotes = ["5: its cluster is protected; --yes does not lift that", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var names = Words.Several("node", "Label, id, host name or region/group/ordinal");
        var cluster = Words.Text("--cluster", "NAME", "Cluster they belong to, where names repeat");
        var force = Words.Flag("--force", "Go on although an action before the deletion fails");
        return new Verb("delete", "Delete nodes", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var nodes = new List<NodeRecord>();
            foreach (var name in context.Value(names))
            {
                nodes.Add(await context.Toolkit.GetNodeAsync(name, context.Value(cluster), context.Cancellation).ConfigureAwait(false));
            }

            nodes = [.. nodes.DistinctBy(node => (node.ClusterId, node.Key))];
            return await DeleteAsync(context, nodes, context.Has(force)).ConfigureAwait(false);
        })
        {
            names, cluster, force,
        };
    }

    private static async Task<ExitCode> DeleteAsync(ToolContext context, IReadOnlyList<NodeRecord> nodes, bool force)
    {
        var clusters = await context.Toolkit.GetClusterNamesAsync(context.Cancellation).ConfigureAwait(false);
        var documents = nodes.Select(node => NodeDocument.From(node, clusters.GetValueOrDefault(node.ClusterId))).ToList();
        foreach (var cluster in documents.Select(node => node.Cluster).OfType<string>().Distinct())
        {
            await context.Toolkit.DemandUnprotectedAsync(cluster, context.Cancellation).ConfigureAwait(false);
        }

        if (context.DryRun)
        {
            context.View.List(documents, NodeView.Shape);
            return ExitCode.Done;
        }

        var typed = nodes.Count == 1 ? nodes[0].Label : $"{nodes.Count} nodes";
        await context.Asker.AgreeToLoseAsync(
            typed, $"deleting {Say.Count(nodes.Count, "node")}",
            ["would be deleted:", .. documents.Select(node => $"  {Say.Plain(node.Label)}  {node.PublicIpv4}  with its disks")]).ConfigureAwait(false);
        var summary = await RunWatch.WatchAsync(context, null, (observer, stop, leave) =>
            context.Toolkit.DeleteNodesAsync(nodes, force, observer, stop, leave)).ConfigureAwait(false);
        if (summary.Outcome == "done" || context.View.IsDocument)
        {
            context.View.One(RunDocument.From(summary), RunView.Shape, RunView.Text);
        }

        return RunWatch.Conclude(context, summary);
    }
}
