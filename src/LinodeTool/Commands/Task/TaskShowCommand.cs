using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class TaskShowCommand
{
    private static readonly Guide Guide = new(
        "To see one step with its attempts, times and the reason it failed. The id is the run's and the step's number, as task list prints it.",
        ["task show 7f3a.12", "task show 7f3a.12 -o json"],
        ["task list", "task logs", "task retry", "node why", "cluster events"]);

    public static Verb Create()
    {
        var id = Words.Required("id", "Id of the step, e.g. 7f3a.12");
        return new Verb("show", "Show a step of a run", Guide, async context =>
        {
            var task = await StepIds.FindAsync(context, context.Value(id)).ConfigureAwait(false);
            context.View.One(task, TaskView.Shape, TaskView.Text);
            return ExitCode.Done;
        })
        {
            id,
        };
    }
}
