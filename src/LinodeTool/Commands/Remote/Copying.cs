using System.Collections.Concurrent;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Copies between this machine and nodes.</summary>
/// <param name="context">The call.</param>
/// <param name="from">Where from.</param>
/// <param name="to">Where to.</param>
internal sealed class Copying(ToolContext context, CopyPlace from, CopyPlace to)
{
    private readonly ConcurrentQueue<(NodeRecord Node, Problem? Problem, TimeSpan Took)> outcomes = new();

    /// <summary>On one node the problem's own exit code; on several 0 or 7.</summary>
    public async Task<ExitCode> RunAsync(IReadOnlyList<NodeRecord> nodes, int parallel)
    {
        var stopped = false;
        try
        {
            await Parallel.ForEachAsync(
                nodes, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = context.Cancellation }, CopyAsync)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.Host.Interrupt.Happened)
        {
            stopped = true;
        }

        if (!context.View.IsText || context.View.HasColumns)
        {
            context.View.List([.. outcomes.Where(one => !context.View.IsNames || one.Problem is null).Select(Document)], CopyView.Shape);
        }

        var failures = outcomes.Where(one => one.Problem is not null).Select(one => (one.Node.Label, one.Problem!)).ToList();
        Tell(outcomes.Count - failures.Count, nodes);
        if (stopped)
        {
            context.Messages.Note($"interrupted after {outcomes.Count} of {Say.Count(nodes.Count, "node")}; what was being copied may be half there");
            return context.Host.Interrupt.Code;
        }

        if (failures.Count == 0)
        {
            return ExitCode.Done;
        }

        context.Messages.Fail(nodes.Count == 1
            ? [failures[0].Item2]
            : [.. Causes.Of(failures), CommandProblems.FailedOnSome("the copy", failures.Count, nodes.Count)]);
        return nodes.Count == 1 ? ExitCodes.For(failures[0].Item2) : ExitCode.RunFailed;
    }

    private async ValueTask CopyAsync(NodeRecord node, CancellationToken cancellation)
    {
        var began = context.Host.Time.GetTimestamp();
        Problem? problem = null;
        try
        {
            await (to.Of is not null
                ? context.Toolkit.UploadAsync(node, context.Host.FullPath(from.Path), to.Path, cancellation)
                : context.Toolkit.DownloadAsync(node, from.Path, context.Host.FullPath(to.Path), cancellation)).ConfigureAwait(false);
        }
        catch (LinodeToolkitException failed)
        {
            problem = failed.Problem;
        }

        outcomes.Enqueue((node, problem, context.Host.Time.GetElapsedTime(began)));
    }

    private void Tell(int done, IReadOnlyList<NodeRecord> nodes)
    {
        if (done > 0)
        {
            var there = to.Of is null ? to.Text : nodes.Count == 1 ? $"{nodes[0].Label}:{to.Path}" : Say.Count(done, "node");
            var what = $"{from.Text} to {there}";
            context.Messages.Note(context.NothingRuns ? $"recorded, nothing was copied: {what}" : $"copied {what}");
        }
    }

    private CopyDocument Document((NodeRecord Node, Problem? Problem, TimeSpan Took) one) => new(
        one.Node.Label, from.Path, to.Path, (long)one.Took.TotalMilliseconds, context.NothingRuns && one.Problem is null,
        one.Problem is { } problem ? ErrorBody.From(problem) : null);
}
