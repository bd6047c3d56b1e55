using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>From a preview to a cluster: show, ask, run, conclude.</summary>
internal static class ClusterRuns
{
    public static async Task<ExitCode> CreateAsync(ToolContext context, ClusterPreview preview, CreateRequest request, bool detach)
    {
        context.Messages.Warn(preview.Warnings);
        var document = PreviewDocument.From(preview);
        if (preview.Situation == ClusterSituation.Other)
        {
            throw new LinodeToolkitException(CommandProblems.OtherPlan(preview.Cluster, request.Plan.Name));
        }

        KeyKeeping.Demand(context, preview);
        if (context.DryRun)
        {
            context.View.One(document, PreviewView.Shape, PreviewView.Text);
            Tell(context, context.FindTokenSource(preview.Plan.Api));
            return ExitCode.Done;
        }

        if (preview.Situation == ClusterSituation.Finished)
        {
            context.Messages.Note($"{preview.Cluster} stands as the plan says; nothing to do");
            return await ShowAsync(context, preview.Cluster, null).ConfigureAwait(false);
        }

        await AgreeAsync(context, preview, document).ConfigureAwait(false);
        if (detach || context.Has(context.Root.Globals.NoWait))
        {
            if (HandOver.IsMeant(context))
            {
                return await HandOver.CreateAsync(context, preview).ConfigureAwait(false);
            }

            return await Background.StartAsync(context, context.Line($"cluster events {Shell.Quote(preview.Cluster)} --follow")).ConfigureAwait(false);
        }

        var summary = await RunWatch.WatchAsync(context, request.Plan.Text, (observer, stop, leave) =>
            context.Toolkit.CreateAsync(preview, observer, stop, leave)).ConfigureAwait(false);
        if (summary.Outcome == "done" || (context.View.IsDocument && summary.RolledBack is null))
        {
            await ShowAsync(context, preview.Cluster, summary).ConfigureAwait(false);
        }

        return RunWatch.Conclude(context, summary);
    }

    private static async Task AgreeAsync(ToolContext context, ClusterPreview preview, PreviewDocument document)
    {
        foreach (var line in PreviewView.Text(document))
        {
            context.Messages.Note(line);
        }

        if (context.Asker.CanAsk)
        {
            var identity = await context.Toolkit.GetIdentityAsync(preview.Plan.Api, context.Cancellation).ConfigureAwait(false);
            context.Messages.Note(PreviewView.Account(identity.UserName, context.TokenSource(preview.Plan.Api)));
        }
        else
        {
            Tell(context, context.TokenSource(preview.Plan.Api));
        }

        var question = (preview.Situation, preview.Adds.Nodes) switch
        {
            (ClusterSituation.Unfinished, 0) => "Go on with it?",
            (ClusterSituation.Unfinished, var nodes) => $"Go on and create {Say.Count(nodes, "node")}?",
            (_, var nodes) => $"Create {Say.Count(nodes, "node")}?",
        };
        await context.Asker.AgreeToAddAsync(question, preview.Cost.Monthly).ConfigureAwait(false);
    }

    private static void Tell(ToolContext context, string? source)
    {
        if (source is not null)
        {
            context.Messages.Note(PreviewView.Token(source));
        }
    }

    /// <summary>Shows the cluster as it stands, with the run that made it so.</summary>
    public static async Task<ExitCode> ShowAsync(ToolContext context, string name, RunSummary? summary)
    {
        var view = await context.Toolkit.GetClusterAsync(name, CancellationToken.None).ConfigureAwait(false);
        var cluster = ClusterDocument.WithMembers(view) with { Run = summary is null ? null : RunDocument.From(summary) };
        context.View.One(cluster, ClusterPages.Shape, ClusterPages.Summary);
        return ExitCode.Done;
    }
}
