using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterDiffCommand
{
    private static readonly Guide Guide = new(
        "To see whether a cluster is still what its plan made it: without --live its records are held against its plan, and nothing is asked for; "
            + "with it the account is looked at too, by lists, and everything is named that somebody deleted, changed, added or switched by hand. "
            + "Nothing is changed.",
        ["cluster diff ha-wordpress", "cluster diff ha-wordpress --live", "cluster diff shop --live --exit-code -o json"],
        ["cluster show", "cluster orphans", "cluster plan", "node why"])
    {
        ExitNotes = ["10: with --exit-code, something differs"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var live = Words.Flag("--live", "Look at what stands in the account");
        var exitCode = Words.Flag("--exit-code", "Return 10 where something differs");
        return new Verb("diff", "Show what is not as the plan made it", Guide, async context =>
        {
            await (context.Has(live) ? context.PrepareAsync() : Task.CompletedTask).ConfigureAwait(false);
            var diff = await context.Toolkit.DiffAsync(context.Value(name), context.Has(live), context.Cancellation).ConfigureAwait(false);
            var cluster = await context.Toolkit.GetClusterAsync(diff.Cluster, context.Cancellation).ConfigureAwait(false);
            var rows = diff.Drifts.Select(drift => DriftDocument.From(drift, DriftFixes.For(context, cluster, [drift]))).ToList();
            context.View.List(rows, DriftView.Shape);
            await TellAsync(context, diff, cluster).ConfigureAwait(false);
            foreach (var alike in diff.Drifts.GroupBy(drift => (drift.Cluster, drift.Remedy)))
            {
                Note(context, DriftFixes.For(context, cluster, [.. alike]));
            }

            var unseen = diff.Unseen.Count > 0 ? " in what was looked at" : "";
            context.Messages.Note(rows.Count == 0 ? $"no drift{unseen}" : $"{Say.Count(rows.Count, "difference")}{unseen}");
            return context.Has(exitCode) && rows.Count > 0 ? ExitCode.ChangesPending : ExitCode.Done;
        })
        {
            name, live, exitCode,
        };
    }

    private static void Note(ToolContext context, string? fix)
    {
        if (fix is not null)
        {
            context.Messages.Note($"to mend: {fix}");
        }
    }

    private static async Task TellAsync(ToolContext context, ClusterDiff diff, ClusterView cluster)
    {
        if (diff.Unseen.Count > 0)
        {
            context.Messages.Note($"not looked at, as the token may not read them: {string.Join(", ", diff.Unseen)}");
        }

        foreach (var lease in diff.AtWork)
        {
            context.Messages.Note($"{lease.Purpose} is at work on {lease.Cluster}: what it is just changing may be shown");
        }

        var atWork = diff.AtWork.Select(lease => lease.Cluster).ToHashSet(StringComparer.Ordinal);
        foreach (var open in await Standing.AllAsync(context, cluster).ConfigureAwait(false))
        {
            if (open.IsOpen && !atWork.Contains(open.Cluster.Name))
            {
                context.Messages.Note($"its last run, {open.Verb}, is {open.State}; to go on: {open.Next(context)}");
            }
        }
    }
}
