using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class InventoryCheckCommand
{
    private static readonly Guide Guide = new(
        "To see whether the records are sound: every page or file of theirs can be read, and they do not contradict each other. Nothing is changed, and the "
        + "account is asked nothing.",
        ["inventory check", "inventory check -o json"],
        ["cluster diff", "cluster orphans", "inventory backup"])
    {
        ExitNotes = ["12: something is not as it should be"],
    };

    public static Verb Create() => new("check", "See whether the records are sound", Guide, async context =>
    {
        var found = await context.Toolkit.CheckInventoryAsync(context.Cancellation).ConfigureAwait(false);
        context.View.List([.. found.Select(one => new InventoryFindingDocument(one.Cluster, one.What))], InventoryView.Findings);
        if (found.Count > 0)
        {
            throw new LinodeToolkitException(CommandProblems.InventoryUnsound(found.Count));
        }

        context.Messages.Note("the records are sound");
        return ExitCode.Done;
    });
}
