using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class TaskRetryCommand
{
    private static readonly Guide Guide = new(
        "To try single steps of a cluster's last run again, once the cause of their failure is removed, and "
            + "what was skipped for them; steps that were "
            + "cancelled are run after all. The ids are those of task list. Other failed steps are left: cluster retry takes them all.",
        ["task retry 7f3a.12", "task retry 7f3a.12 7f3a.13"],
        ["task list", "task logs", "task cancel", "cluster retry"])
    {
        ExitNotes = ["7: some steps failed again, or were left", "12: another process is at work on its cluster"],
    };

    public static Verb Create()
    {
        var ids = Words.Several("id", "Id of a step, e.g. 7f3a.12; all of one run");
        var detach = Words.Flag("--detach", "Go on in the background, or by workers where a queue is set");
        return new Verb("retry", "Try steps of a run again", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var tasks = await StepIds.FindAsync(context, context.Value(ids)).ConfigureAwait(false);
            var name = await StepIds.DemandLastAsync(context, tasks[0]).ConfigureAwait(false);
            var cluster = await context.Toolkit.GetClusterAsync(name, context.Cancellation).ConfigureAwait(false);
            return await StepRetry.RunAsync(context, cluster, tasks, context.Has(detach)).ConfigureAwait(false);
        })
        {
            ids, detach,
        };
    }
}
