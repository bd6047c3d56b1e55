using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tasks;
using LinodeTool.Grammar;
using LinodeTool.Output;

namespace LinodeTool.Commands;

internal static class ClusterRetryCommand
{
    private static readonly Guide Guide = new(
        "To try again what failed in the last run of a cluster, once the cause is removed, and to do all "
            + "that was skipped for it. With --task it is only "
            + "these steps, by the ids that task list prints; what else failed is left as it is.",
        ["cluster retry ha-wordpress", "cluster retry ha-wordpress --task 7f3a.12 --task 7f3a.13", "cluster retry ha-wordpress --dry-run"],
        ["task list", "task retry", "node why", "cluster resume", "cluster show"])
    {
        ExitNotes = ["0: also where nothing failed", "7: some steps failed again, or were left", "12: another process is at work on it"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var task = Words.Many("--task", "ID", "Only this failed step, e.g. 7f3a.12; may be repeated");
        var detach = Words.Flag("--detach", "Go on in the background, or by workers where a queue is set");
        return new Verb("retry", "Try the failed steps of a run again", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var cluster = await context.Toolkit.GetClusterAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            if (context.Value(task) is { Count: > 0 } ids)
            {
                return await StepRetry.RunAsync(context, cluster, await StepIds.FindAsync(context, ids).ConfigureAwait(false), context.Has(detach))
                    .ConfigureAwait(false);
            }

            var all = await Standing.AllAsync(context, cluster).ConfigureAwait(false);
            var failed = new List<Standing>();
            foreach (var one in all)
            {
                if (one.Lease is not null || await HasFailedAsync(context, one).ConfigureAwait(false))
                {
                    failed.Add(one);
                }
            }

            if (failed.Count > 0)
            {
                return await GoingOn.RunAsync(context, cluster, failed, null, context.Has(detach)).ConfigureAwait(false);
            }

            context.Messages.Note($"no step failed in the last run of {Say.Plain(cluster.Cluster.Name)}; nothing to retry"
                + (all.Any(one => one.IsOpen) ? $". It was interrupted; to go on: {context.Line($"cluster resume {Shell.Quote(cluster.Cluster.Name)}")}" : ""));
            return ExitCode.Done;
        })
        {
            name, task, detach,
        };
    }

    private static async Task<bool> HasFailedAsync(ToolContext context, Standing stands) => stands is { IsOpen: true, Run: { } run }
        && (await context.Toolkit.ListStepsAsync(run.Id, context.Cancellation).ConfigureAwait(false)).Any(step => step.State == StepState.Failed);
}
