using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Settings;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class WorkerListCommand
{
    private static readonly Guide Guide = new(
        "To see which workers share these records, what each has under way, and how much work of this customer waits. One that died is listed as lost for "
            + "a while; what it had begun is others' by then.",
        ["worker list", "worker list -o json", "worker list -o name"],
        ["worker start", "worker drain", "cluster list", "task list"]);

    public static Verb Create() => new("list", "List the workers and their work", Guide, async context =>
    {
        if (!context.Toolkit.CanSubmit)
        {
            throw new LinodeToolkitException(SettingsProblems.NotShared(context.Inventory.Name));
        }

        var workers = await context.Toolkit.ListWorkersAsync(context.Cancellation).ConfigureAwait(false);
        context.View.List([.. workers.Select(WorkerDocument.From)], WorkerView.Shape);
        if (context.View.IsText)
        {
            var load = await context.Toolkit.GetWorkLoadAsync(context.Cancellation).ConfigureAwait(false);
            context.Messages.Note(WorkerView.Load(load));
        }

        return ExitCode.Done;
    });
}
