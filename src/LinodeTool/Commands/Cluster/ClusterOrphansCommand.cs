using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterOrphansCommand
{
    private static readonly Guide Guide = new(
        "To find what carries an owner tag (lct:…) in the account and is in no record here, and what it costs. With --delete what clusters of this "
            + "inventory have left is deleted; what belongs to no cluster known here is never touched: another machine may be working on it.",
        ["cluster orphans", "cluster orphans -o json", "cluster orphans --delete --yes"],
        ["cluster import", "cluster delete", "cluster list"])
    {
        ExitNotes = ["6: something could not be deleted; run it again", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var delete = Words.Flag("--delete", "Delete those that clusters of this inventory have left");
        return new Verb("orphans", "List what no record knows, with its price", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var found = await context.Toolkit.FindOrphansAsync(context.Cancellation).ConfigureAwait(false);
            var ours = found.Where(orphan => orphan.Cluster is not null).ToList();
            if (context.Has(delete) && ours.Count > 0 && !context.DryRun)
            {
                await DeleteAsync(context, ours).ConfigureAwait(false);
                Tell(context, [.. found.Except(ours)]);
                context.View.List([.. ours.Select(OrphanDocument.From)], OrphanView.Shape);
                return ExitCode.Done;
            }

            Tell(context, [.. found.Except(ours)]);
            context.View.List([.. found.Select(OrphanDocument.From)], OrphanView.Shape);
            context.Messages.Note(found.Count == 0 ? "there are none" : $"{Cost(found)}{(ours.Count > 0 ? "; to delete those of clusters known here: --delete" : "")}");
            return ExitCode.Done;
        })
        {
            delete,
        };
    }

    private static async Task DeleteAsync(ToolContext context, List<Orphan> ours)
    {
        var lost = ours.Select(one => $"  {one.Kind} {Say.Plain(one.Label)}{(one.Region is null ? "" : $" in {one.Region}")}, {Say.Money(one.Monthly)} a month")
            .Prepend($"{Say.Count(ours.Count, "orphan")} would be deleted, {Cost(ours)}:");
        await context.Asker.AgreeToLoseAsync("orphans", "deleting orphans", lost).ConfigureAwait(false);
        foreach (var orphan in ours)
        {
            await context.Toolkit.DeleteOrphanAsync(orphan, context.Cancellation).ConfigureAwait(false);
            context.Messages.Note($"deleted {orphan.Kind} {Say.Plain(orphan.Label)}");
        }
    }

    private static void Tell(ToolContext context, List<Orphan> others)
    {
        foreach (var tag in others.Select(orphan => orphan.OwnerTag).Distinct(StringComparer.Ordinal))
        {
            context.Messages.Note($"{tag} is of no cluster known here; to take it up: linodetool cluster import NAME --tag {tag}");
        }
    }

    private static string Cost(IReadOnlyCollection<Orphan> orphans) =>
        $"{Say.Hourly(orphans.Sum(orphan => orphan.Hourly))}, {Say.Money(orphans.Sum(orphan => orphan.Monthly))} a month";
}
