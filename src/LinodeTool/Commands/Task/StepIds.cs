using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Steps by the ids that task list prints: those of a run, and its place in the run's journal.</summary>
internal static class StepIds
{
    /// <summary>One step.</summary>
    public static async Task<TaskDocument> FindAsync(ToolContext context, string id) => (await FindAsync(context, [id]).ConfigureAwait(false))[0];

    /// <summary>Several steps of one run.</summary>
    public static async Task<IReadOnlyList<TaskDocument>> FindAsync(ToolContext context, IReadOnlyList<string> ids)
    {
        string[] runs = [.. ids.Select(RunOf).Distinct(StringComparer.Ordinal)];
        if (runs.Length > 1)
        {
            throw new LinodeToolkitException(CommandProblems.SeveralRuns(runs));
        }

        var tasks = await RunTasks.ReadAsync(context, null, runs[0]).ConfigureAwait(false);
        return [.. ids.Distinct(StringComparer.Ordinal).Select(id => tasks.FirstOrDefault(task => task.Id == id)
            ?? throw new LinodeToolkitException(CommandProblems.NoRun($"step {id}")))];
    }

    /// <summary>Throws where a later run has worked on its cluster since: what is said to a step is said to its last run.</summary>
    public static async Task<string> DemandLastAsync(ToolContext context, TaskDocument task)
    {
        var cluster = await context.Toolkit.GetClusterAsync(task.Cluster ?? "", context.Cancellation).ConfigureAwait(false);
        return cluster.Cluster.LastRun == task.Run ? cluster.Cluster.Name
            : throw new LinodeToolkitException(CommandProblems.NotLastRun(task.Run, cluster.Cluster.Name, cluster.Cluster.LastRun));
    }

    private static string RunOf(string id) => id.LastIndexOf('.') is > 0 and var at ? id[..at] : id;
}
