using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Steps of a run, numbered as its journal has them.</summary>
internal static class RunTasks
{
    /// <param name="context">The call.</param>
    /// <param name="cluster">Cluster whose newest run is meant; null for any.</param>
    /// <param name="run">Id of the run; null for the newest.</param>
    public static async Task<IReadOnlyList<TaskDocument>> ReadAsync(ToolContext context, string? cluster, string? run)
    {
        RunRecord? found = null;
        await foreach (var record in context.Toolkit.ListRunsAsync(cluster, context.Cancellation).ConfigureAwait(false))
        {
            if (run is null || record.Id == run)
            {
                found = record;
                break;
            }
        }

        if (found is null)
        {
            return run is null ? [] : throw new LinodeToolkitException(CommandProblems.NoRun($"run {run}"));
        }

        var names = await context.Toolkit.GetClusterNamesAsync(context.Cancellation).ConfigureAwait(false);
        var steps = await context.Toolkit.ListStepsAsync(found.Id, context.Cancellation).ConfigureAwait(false);
        return [.. steps.Select((step, i) => TaskDocument.From(step, i + 1, names.GetValueOrDefault(found.ClusterId)))];
    }
}
