using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class TaskCancelCommand
{
    private static readonly Guide Guide = new(
        "To have single steps of a cluster's last run left out, whether it is at work or is to be gone on "
            + "with: they, and what comes after them, are passed "
            + "over until task retry has them run after all. Steps under way and done ones cannot be cancelled; for the whole run: cluster cancel.",
        ["task cancel 7f3a.12", "task cancel 7f3a.12 7f3a.13 --yes", "task list --state cancelled"],
        ["task list", "task retry", "cluster cancel"])
    {
        ExitNotes = ["5: a step is under way or done", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var ids = Words.Several("id", "Id of a step, e.g. 7f3a.12; all of one run");
        return new Verb("cancel", "Have steps of a run left out", Guide, async context =>
        {
            var tasks = await StepIds.FindAsync(context, context.Value(ids)).ConfigureAwait(false);
            _ = await StepIds.DemandLastAsync(context, tasks[0]).ConfigureAwait(false);
            if (!context.DryRun)
            {
                await context.Asker.AgreeToDisturbAsync($"Cancel {Say.Count(tasks.Count, "step")} of run {tasks[0].Run}?").ConfigureAwait(false);
                foreach (var task in tasks)
                {
                    await context.Toolkit.CancelStepAsync(task.Run, task.Step, context.Cancellation).ConfigureAwait(false);
                }

                context.Messages.Note($"what comes after is passed over too; to have it run after all: " +
                    context.Line($"task retry {string.Join(' ', tasks.Select(task => task.Id))}"));
                tasks = await StepIds.FindAsync(context, context.Value(ids)).ConfigureAwait(false);
            }

            context.View.List(tasks, TaskView.Shape);
            return ExitCode.Done;
        })
        {
            ids,
        };
    }
}
