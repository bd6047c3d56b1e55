using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeTool.Grammar;
using LinodeTool.Progress;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class NodeWhyCommand
{
    private const int Lines = 20;

    private static readonly Guide Guide = new(
        "To see why a node is not as it should be: its state, its steps in the last run, what failed and how to mend it, the end of the log " +
        "of what ran on it, and what to do next. It asks neither the API nor the node.",
        ["node why ndbdata-us-04", "node why 70001234 -o json"],
        ["node show", "task list", "cluster events", "node ssh", "node trust"]);

    public static Verb Create()
    {
        var name = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        return new Verb("why", "Tell why a node is as it is", Guide, async context =>
        {
            var node = await context.Toolkit.GetNodeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            context.View.One(await TellAsync(context, node).ConfigureAwait(false), StoryView.Shape, StoryView.Text);
            return ExitCode.Done;
        })
        {
            name, cluster,
        };
    }

    private static async Task<StoryDocument> TellAsync(ToolContext context, NodeRecord node)
    {
        var story = await context.Toolkit.WhyAsync(node, Lines, context.Cancellation).ConfigureAwait(false);
        var names = await context.Toolkit.GetClusterNamesAsync(context.Cancellation).ConfigureAwait(false);
        var view = await context.Toolkit.GetClusterAsync(names[node.ClusterId], context.Cancellation).ConfigureAwait(false);
        var stands = await Standing.OfAsync(context, view.Cluster).ConfigureAwait(false);
        var log = context.Toolkit.NodeLog.FileOf(node.Label);
        return new(
            NodeDocument.From(node, view.Cluster.Name), view.Cluster.LastRun,
            view.Cluster.LastRun is { } run ? await StepsAsync(context, run, [.. story.Steps.Select(step => step.Step)]).ConfigureAwait(false) : [],
            File.Exists(log) ? log : null, story.Log, NextSteps.For(context, node, view.Cluster, stands, story.Log));
    }

    /// <summary>The journal keeps a line of what failed; the run's event file has all of it.</summary>
    private static async Task<IReadOnlyList<StoryStepDocument>> StepsAsync(ToolContext context, string run, HashSet<string> own)
    {
        var errors = EventFile.Read(RunFolder.EventsFile(context.Folders, run)).Where(happened => happened is { Task: not null, Error: not null })
            .GroupBy(happened => happened.Task!).ToDictionary(same => same.Key, same => same.Last().Error);
        var tasks = await RunTasks.ReadAsync(context, null, run).ConfigureAwait(false);
        return
        [
            .. tasks.Where(task => own.Contains(task.Step)).OrderBy(task => task.State != "failed")
                .Select(task => new StoryStepDocument(task, task.State == "failed" ? errors.GetValueOrDefault(task.Step) : null)),
        ];
    }
}
