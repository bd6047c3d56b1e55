using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Remote;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>A command on nodes: run, shown as outcomes come, concluded.</summary>
internal static class Execution
{
    /// <summary>The exit code is the command's own on one node; on several it is 0 or 7.</summary>
    /// <param name="context">The call.</param>
    /// <param name="nodes">One node or more.</param>
    /// <param name="command">What runs.</param>
    /// <param name="parallel">On how many at once.</param>
    public static async Task<ExitCode> RunAsync(ToolContext context, IReadOnlyList<NodeRecord> nodes, ShellCommand command, int parallel)
    {
        if (context.DryRun)
        {
            await ShowNodesAsync(context, nodes).ConfigureAwait(false);
            return ExitCode.Done;
        }

        var lines = context.View is { IsText: true, HasColumns: false } ? new NodeLines(context.Host, prefixed: nodes.Count > 1) : null;
        var outcomes = new List<NodeOutcome>();
        var stopped = false;
        try
        {
            await foreach (var outcome in context.Toolkit.RunAsync(nodes, command, parallel, context.Cancellation).ConfigureAwait(false))
            {
                outcomes.Add(outcome);
                lines?.Write(outcome);
            }
        }
        catch (OperationCanceledException) when (context.Host.Interrupt.Happened)
        {
            stopped = true;
        }

        if (lines is null)
        {
            // A list of names is that of the nodes on which it ended well.
            var shown = outcomes.Where(outcome => !context.View.IsNames || outcome.Result is { ExitCode: 0 })
                .OrderBy(outcome => IndexOf(nodes, outcome.Node));
            context.View.List([.. shown.Select(ExecDocument.From)], ExecView.Shape);
        }

        return Conclude(context, nodes, outcomes, stopped);
    }

    /// <summary>The nodes a command would work on.</summary>
    public static async Task ShowNodesAsync(ToolContext context, IReadOnlyList<NodeRecord> nodes)
    {
        var clusters = await context.Toolkit.GetClusterNamesAsync(context.Cancellation).ConfigureAwait(false);
        context.View.List([.. nodes.Select(node => NodeDocument.From(node, clusters.GetValueOrDefault(node.ClusterId)))], NodeView.Shape);
    }

    private static ExitCode Conclude(ToolContext context, IReadOnlyList<NodeRecord> nodes, IReadOnlyList<NodeOutcome> outcomes, bool stopped)
    {
        if (outcomes.Count(outcome => outcome.Result is { IsRecorded: true }) is > 0 and var recorded)
        {
            var them = recorded == 1 ? "it" : "them";
            context.Messages.Note($"recorded, nothing ran: {Say.Count(recorded, "node")} without a machine behind {them}");
        }

        if (stopped)
        {
            var rest = Labels([.. nodes.Where(node => !outcomes.Any(outcome => IsSame(outcome.Node, node)))]);
            context.Messages.Note(
                $"interrupted after {outcomes.Count} of {Say.Count(nodes.Count, "node")}; not heard of, and maybe still at work: {rest}");
            return context.Host.Interrupt.Code;
        }

        var failures = outcomes.Where(outcome => outcome.Result is not { ExitCode: 0 }).ToList();
        if (nodes.Count == 1 && outcomes is [var only])
        {
            if (only.Problem is { } problem)
            {
                context.Messages.Fail([problem]);
                return ExitCodes.For(problem);
            }

            return (ExitCode)only.Result!.ExitCode;
        }

        if (failures.Count == 0)
        {
            return ExitCode.Done;
        }

        context.Messages.Fail(
        [
            .. Causes.Of(failures.Select(failed =>
                (failed.Node.Label, failed.Problem ?? CommandProblems.Ended(failed.Node.Label, failed.Result!.ExitCode)))),
            CommandProblems.FailedOnSome("the command", failures.Count, nodes.Count),
        ]);
        return ExitCode.RunFailed;
    }

    private static string Labels(IReadOnlyList<NodeRecord> nodes) =>
        string.Join(", ", nodes.Take(10).Select(node => node.Label)) + (nodes.Count > 10 ? $" and {nodes.Count - 10} more" : "");

    private static int IndexOf(IReadOnlyList<NodeRecord> nodes, NodeRecord node) =>
        nodes.TakeWhile(one => !IsSame(one, node)).Count();

    private static bool IsSame(NodeRecord one, NodeRecord other) => one.Key == other.Key && one.ClusterId == other.ClusterId;
}
