using LinodeClusterToolkit.Keeping;
using LinodeClusterToolkit.Postgres;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class InventoryMigrateCommand
{
    private static readonly Guide Guide = new(
        "To keep records another way: sqlite, json, or a PostgreSQL database by its address. All clusters go there with their runs, counters and history; "
        + "each is read back. Nothing is deleted or written over, and the same command goes on after an interruption.",
        ["inventory migrate sqlite json", "inventory migrate sqlite postgres://lct@db.example.com/lct"],
        ["inventory backup", "inventory check"])
    {
        ExitNotes = ["5: another cluster stands there under the name of one", "12: a run is at work, or a place cannot be used"],
    };

    public static Verb Create()
    {
        var from = Words.Required("from", "Where they are: sqlite, json, or postgres://…");
        var to = Words.Required("to", "Where they are to be");
        return new Verb("migrate", "Bring all records to another inventory", Guide, async context =>
        {
            var (source, target) = (context.Value(from), context.Value(to));
            if (source == target)
            {
                throw new LinodeClusterToolkit.Diagnostics.LinodeToolkitException(CommandProblems.SameInventory(source));
            }

            var (first, second) = (Named(context, source, "from"), Named(context, target, "to"));
            context.MoreInventories = [.. new[] { first.Provider, second.Provider }.OfType<InventoryProvider>()];
            if (context.DryRun)
            {
                context.Messages.Note("all clusters would be copied; nothing was");
                return ExitCode.Done;
            }

            var moved = await context.Toolkit.MigrateInventoryAsync(first.Name, second.Name, context.Cancellation).ConfigureAwait(false);
            InventoryView.Tell(context, moved, "copied");
            if (second.Name != context.Inventory.Name)
            {
                context.Messages.Note("to use it from now on, say so in the configuration: inventory: sqlite, json or the address");
            }

            return ExitCode.Done;
        })
        {
            from, to,
        };
    }

    private static (string Name, InventoryProvider? Provider) Named(ToolContext context, string text, string name) =>
        PostgresInventory.IsAddress(text) ? (name, context.Inventory.Of(text, name)) : (text, null);
}
