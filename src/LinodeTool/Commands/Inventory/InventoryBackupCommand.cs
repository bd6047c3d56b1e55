using LinodeTool.Grammar;
using LinodeTool.Output;

namespace LinodeTool.Commands;

internal static class InventoryBackupCommand
{
    private static readonly Guide Guide = new(
        "To keep all records in one file, whatever they are kept in now: a line of JSON for each cluster, with its runs and history. Secrets are not in it.",
        ["inventory backup inventory-2026-11-26.jsonl", "inventory backup ~/backups/linode.jsonl --customer acme"],
        ["inventory restore", "inventory check", "inventory migrate"])
    {
        ExitNotes = ["12: a run is at work, or the file cannot be written"],
    };

    public static Verb Create()
    {
        var file = Words.Required("file", "Where to; a file that is there is replaced once the new one is whole");
        return new Verb("backup", "Write all records into one file", Guide, async context =>
        {
            var path = context.Host.FullPath(context.Value(file));
            var clusters = await context.Toolkit.BackUpInventoryAsync(path, context.Cancellation).ConfigureAwait(false);
            context.Messages.Note($"{Say.Count(clusters, "cluster")} in {path}, deleted ones included");
            return ExitCode.Done;
        })
        {
            file,
        };
    }
}
