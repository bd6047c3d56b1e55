using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Tasks;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class TaskListCommand
{
    private static readonly Guide Guide = new(
        "To see what a run did step by step, above all what failed. Without --run it is the newest run.",
        ["task list", "task list --run 7f3a --state failed", "task list --cluster ha-wordpress -o json"],
        ["task show", "task logs", "task retry", "task cancel", "node why", "cluster events"]);

    private static readonly string[] States = [.. Enum.GetNames<StepState>().Select(name => name.ToLowerInvariant())];

    public static Verb Create()
    {
        var cluster = Words.Text("--cluster", "NAME", "Newest run of this cluster");
        var run = Words.Text("--run", "ID", "This run");
        var state = Words.Text("--state", "STATE", string.Join(", ", States));
        return new Verb("list", "List the steps of a run", Guide, async context =>
        {
            if (context.Value(state) is { } wanted && !States.Contains(wanted))
            {
                throw new LinodeToolkitException(UsageProblems.BadValue("--state", wanted, $"one of {string.Join(", ", States)}", States));
            }

            var tasks = await RunTasks.ReadAsync(context, context.Value(cluster), context.Value(run)).ConfigureAwait(false);
            context.View.List([.. tasks.Where(task => context.Value(state) is not { } only || task.State == only)], TaskView.Shape);
            return ExitCode.Done;
        })
        {
            cluster, run, state,
        };
    }
}
