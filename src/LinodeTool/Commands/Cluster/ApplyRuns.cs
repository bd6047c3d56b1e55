using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>From changes that were found to a cluster that has them: show, ask, run, conclude.</summary>
internal static class ApplyRuns
{
    public static async Task<ExitCode> RunAsync(ToolContext context, ApplyPreview preview, string? planText, bool detach)
    {
        context.Messages.Warn(preview.Warnings);
        var document = ApplyDocument.From(preview);
        if (context.DryRun)
        {
            context.View.One(document, ApplyView.Shape, ApplyView.Text);
            return ExitCode.Done;
        }

        if (preview.Refused.Count > 0)
        {
            // Says what is refused; nothing is sent.
            await context.Toolkit.ApplyAsync(preview, null, cancellation: context.Cancellation).ConfigureAwait(false);
        }

        if (preview.IsEmpty)
        {
            context.View.One(document, ApplyView.Shape, ApplyView.Text);
            return ExitCode.Done;
        }

        await AgreeAsync(context, preview, document).ConfigureAwait(false);
        if (detach || context.Has(context.Root.Globals.NoWait))
        {
            return HandOver.IsMeant(context)
                ? await HandOver.ApplyAsync(context, preview).ConfigureAwait(false)
                : await Background.StartAsync(context, context.Line($"cluster events {Shell.Quote(preview.Cluster)} --follow")).ConfigureAwait(false);
        }

        var summary = await RunWatch.WatchAsync(context, planText, (observer, stop, leave) =>
            context.Toolkit.ApplyAsync(preview, observer, stop, leave)).ConfigureAwait(false);
        if (context.View.IsDocument)
        {
            context.View.One(document with { Run = RunDocument.From(summary) }, ApplyView.Shape, ApplyView.Text);
        }
        else if (summary.Outcome == "done")
        {
            await ClusterRuns.ShowAsync(context, preview.Cluster, summary).ConfigureAwait(false);
        }

        return RunWatch.Conclude(context, summary);
    }

    private static async Task AgreeAsync(ToolContext context, ApplyPreview preview, ApplyDocument document)
    {
        foreach (var line in ApplyView.Text(document))
        {
            context.Messages.Note(line);
        }

        if (document.Changes.Any(ApplyView.IsLoss))
        {
            await context.Asker.AgreeToLoseAsync(preview.Cluster, $"changing cluster {preview.Cluster}", ["what is lost:", .. ApplyView.Lost(document)])
                .ConfigureAwait(false);
        }
        else if (document.Changes.Any(change => change is { Does: "done", How: "reboot" }))
        {
            await context.Asker.AgreeToDisturbAsync("Change it so, with these reboots?").ConfigureAwait(false);
            context.Asker.RefuseAboveLimit(preview.Cost.Monthly);
        }
        else
        {
            await context.Asker.AgreeToAddAsync($"Make {Say.Count(preview.Changes.Count, "change")}?", preview.Cost.Monthly).ConfigureAwait(false);
        }
    }
}
