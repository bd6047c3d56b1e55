using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class NodeBackupsCommand
{
    private static readonly Guide Guide = new(
        "To see the backups of a node, or to buy the service for it or give it up. The cloud makes one a day and keeps some; a snapshot is made " +
        "when you say so. Volumes are no part of a backup. Giving the service up deletes all that was kept, at once.",
        ["node backups web-1", "node backups web-1 --enable", "node backups web-1 --disable --yes", "node backups web-1 -o json"],
        ["node snapshot", "node restore", "volume clone"])
    {
        ExitNotes = ["9: not agreed to, or more than the limit"],
    };

    public static Verb Create()
    {
        var name = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        var enable = Words.Flag("--enable", "Buy backups for the node");
        var disable = Words.Flag("--disable", "Give them up, with all that was kept");
        return new Verb("backups", "Show, buy or give up backups", Guide, async context =>
        {
            if (context.Has(enable) && context.Has(disable))
            {
                throw new LinodeToolkitException(UsageProblems.Contradiction("--enable", "--disable"));
            }

            await context.PrepareAsync().ConfigureAwait(false);
            var node = await context.Toolkit.GetNodeAsync(context.Value(name), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            var found = await context.Toolkit.GetBackupsAsync(node, context.Cancellation).ConfigureAwait(false);
            var wanted = context.Has(enable) || (!context.Has(disable) && found.Backups.IsEnabled);
            if (wanted != found.Backups.IsEnabled && !context.DryRun)
            {
                await AgreeAsync(context, found, wanted).ConfigureAwait(false);
                found = await context.Toolkit.SetBackupsAsync(node, wanted, context.Cancellation).ConfigureAwait(false);
            }

            var document = NodeBackupsDocument.From(found);
            context.View.One(context.DryRun ? document with { Enabled = wanted } : document, BackupViews.OfNode, BackupViews.Text);
            return ExitCode.Done;
        })
        {
            name, cluster, enable, disable,
        };
    }

    private static Task AgreeAsync(ToolContext context, NodeBackups found, bool on) => on
        ? context.Asker.AgreeToAddAsync(
            $"Enable backups of {found.Node.Label} for {(found.Monthly is { } price ? Say.Money(price) : "a price that is not known")} a month?",
            found.Monthly ?? 0)
        : context.Asker.AgreeToLoseAsync(
            found.Node.Label, $"giving up the backups of {found.Node.Label}",
            ["would be deleted for ever:", .. Lost(found)]);

    private static IEnumerable<string> Lost(NodeBackups found) => found.Backups.All.Count == 0 ? ["  no backup: there is none yet"]
        : found.Backups.All.Select(one => $"  {Say.Plain(one.Label ?? one.Type)}  {(one.Created is { } at ? Say.Time(at) : "")}");
}
