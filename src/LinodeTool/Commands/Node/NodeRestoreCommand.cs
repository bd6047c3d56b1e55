using LinodeClusterToolkit;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class NodeRestoreCommand
{
    private static readonly Guide Guide = new(
        "To put a backup in place of all that is on a node's disks, or on those of another node of its cluster, which becomes a copy: with the " +
        "host key and the logins of the first. It is shut down for it, and runs again afterwards where it ran. Volumes stay as they are.",
        ["node restore web-1 --backup before-upgrade", "node restore web-1 --backup 80000001 --yes", "node restore db-1 --backup b1 --to db-2 --dry-run"],
        ["node backups", "node snapshot", "node trust"])
    {
        ExitNotes = ["5: there is no such backup, or it does not fit", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var name = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var which = Words.Text("--backup", "ID", "Id of the backup, or label of the snapshot (needed)");
        var to = Words.Text("--to", "NODE", "Restore it to this node instead");
        var cluster = Words.Text("--cluster", "NAME", "Cluster they belong to, where names repeat");
        return new Verb("restore", "Restore a backup of a node", Guide, async context =>
        {
            var wanted = context.Value(which) ?? throw new LinodeToolkitException(
                UsageProblems.MissingArgument("--backup", "node restore", "linodetool node restore NODE --backup ID"));
            await context.PrepareAsync().ConfigureAwait(false);
            var node = await context.Toolkit.GetNodeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            var target = context.Value(to) is not { } other ? node
                : await context.Toolkit.GetNodeAsync(other, context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            var backup = await context.Toolkit.GetBackupAsync(node, wanted, context.Cancellation).ConfigureAwait(false);
            LinodeToolkit.DemandRestorable(node, backup, target);
            return await RestoreAsync(context, node, backup, target).ConfigureAwait(false);
        })
        {
            name, which, to, cluster,
        };
    }

    private static async Task<ExitCode> RestoreAsync(ToolContext context, NodeRecord node, CloudBackup backup, NodeRecord target)
    {
        var document = new RestoreDocument(target.Label, node.Label, backup.Id, backup.Label, target.State == NodeState.Ready);
        if (!context.DryRun)
        {
            await context.Asker.AgreeToLoseAsync(
                target.Label, $"restoring a backup to {target.Label}",
                [$"would be lost: all that was written to the disks of {target.Label} since, and what was there before"]).ConfigureAwait(false);
            context.Messages.Note($"restoring {target.Label}: minutes, as a rule");
            var done = await context.Toolkit.RestoreNodeAsync(node, backup, target, context.Cancellation).ConfigureAwait(false);
            if (done.Warning is { } warning)
            {
                context.Messages.Warn([warning]);
            }

            document = document with { Up = done.IsUp, Warning = done.Warning?.What };
        }

        context.View.One(document, BackupViews.Restored, BackupViews.Text);
        return ExitCode.Done;
    }
}
