using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Has single steps of a cluster's last run tried again, and those run after all that were cancelled.</summary>
internal static class StepRetry
{
    public static async Task<ExitCode> RunAsync(ToolContext context, ClusterView cluster, IReadOnlyList<TaskDocument> tasks, bool detach)
    {
        var name = cluster.Cluster.Name;
        if (cluster.Plan?.Members is { Count: > 0 } members)
        {
            throw new LinodeToolkitException(UsageProblems.OfOneCluster("--task", name, members.Select(member => member.Cluster)));
        }

        if (cluster.Cluster.LastRun != tasks[0].Run)
        {
            throw new LinodeToolkitException(CommandProblems.NotLastRun(tasks[0].Run, name, cluster.Cluster.LastRun));
        }

        if (tasks.FirstOrDefault(task => task.State is not ("failed" or "cancelled")) is { } other)
        {
            throw new LinodeToolkitException(CommandProblems.NotFailed(other.Id, other.Step, other.State, other.Problem));
        }

        var (stands, steps) = (await Standing.OfAsync(context, cluster.Cluster).ConfigureAwait(false), tasks.Select(task => task.Step).ToHashSet());

        // With a run at work nothing is changed, going on says who works; in the background it is done there, and by workers it is not done at all.
        var here = !context.DryRun && (HandOver.IsMeant(context) || !(detach || context.Has(context.Root.Globals.NoWait)));
        if (here && stands.Lease is null)
        {
            await context.Toolkit.RestoreStepsAsync(tasks[0].Run, steps, context.Cancellation).ConfigureAwait(false);
        }

        return await GoingOn.RunAsync(context, cluster, [stands], steps, detach).ConfigureAwait(false);
    }
}
