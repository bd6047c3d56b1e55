using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class InventoryRestoreCommand
{
    private static readonly Guide Guide = new(
        "To bring back what inventory backup wrote. What stands in the inventory already stays as it is; the account is asked nothing.",
        ["inventory restore inventory-2026-11-26.jsonl", "inventory restore backup.jsonl --customer acme"],
        ["inventory backup", "inventory check", "cluster diff"])
    {
        ExitNotes = ["5: another cluster stands here under the name of one", "12: it is no whole backup"],
    };

    public static Verb Create()
    {
        var file = Words.Required("file", "The backup");
        return new Verb("restore", "Put the records of a backup into the inventory", Guide, async context =>
        {
            var path = context.Host.FullPath(context.Value(file));
            InventoryView.Tell(context, await context.Toolkit.RestoreInventoryAsync(path, context.Cancellation).ConfigureAwait(false), "restored");
            return ExitCode.Done;
        })
        {
            file,
        };
    }
}
