using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class NodeSnapshotCommand
{
    private static readonly Guide Guide = new(
        "To keep what is on the disks of a node now, before something risky. A node has one snapshot: the one before is lost, which has to be " +
        "agreed to. The node keeps running; volumes are no part of it (volume clone). It needs backups of the node.",
        ["node snapshot web-1 --label before-upgrade", "node snapshot db-1 --yes", "node snapshot web-1 --label x --dry-run"],
        ["node restore", "node backups", "volume clone"])
    {
        ExitNotes = ["5: the node has no backups", "7: the snapshot failed", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var name = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var label = Words.Text("--label", "LABEL", "Label of the snapshot; by default the day and time");
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        return new Verb("snapshot", "Take a snapshot of a node's disks", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var node = await context.Toolkit.GetNodeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            var found = await context.Toolkit.GetBackupsAsync(node, context.Cancellation).ConfigureAwait(false);
            var wanted = context.Value(label) ?? context.Host.Time.GetUtcNow().ToString(
                "yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);
            if (context.DryRun)
            {
                context.View.One(
                    new BackupDocument(0, wanted, node.Label, "snapshot", "would be taken", false, null, null, 0), BackupViews.Shape, BackupViews.Text);
                return ExitCode.Done;
            }

            if (found.Backups.All.LastOrDefault(one => one.Type == "snapshot" && one.Status == "successful") is { } last)
            {
                await context.Asker.AgreeToLoseAsync(
                    node.Label, $"taking a snapshot of {node.Label} in place of its last one",
                    ["would be replaced:", $"  {Say.Plain(last.Label ?? $"{last.Id}")}  {(last.Created is { } at ? Say.Time(at) : "")}"])
                    .ConfigureAwait(false);
            }

            context.Messages.Note($"taking a snapshot of {node.Label}: minutes, as a rule");
            var taken = await context.Toolkit.TakeSnapshotAsync(node, wanted, context.Cancellation).ConfigureAwait(false);
            context.View.One(BackupDocument.From(taken, node.Label), BackupViews.Shape, BackupViews.Text);
            return ExitCode.Done;
        })
        {
            name, label, cluster,
        };
    }
}
