using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Work on a set of clusters: on one after the other, in its order or against it.</summary>
internal static class ClusterSetRuns
{
    /// <summary>Creates what a plan of plans names; everything is checked and agreed to before anything is made.</summary>
    public static async Task<ExitCode> CreateAsync(
        ToolContext context, string name, PlanSource source, PlanSet set, CreateRequest options, bool detach)
    {
        var previews = new List<(CreateRequest Request, ClusterPreview Preview)>();
        foreach (var member in set.Members)
        {
            var request = options with { Cluster = PlanSet.ClusterOf(name, member.Name), Plan = member.Plan };
            var preview = await context.Toolkit.PreviewAsync(request, context.Cancellation).ConfigureAwait(false);
            context.Messages.Warn(preview.Warnings);
            if (preview.Situation == ClusterSituation.Other)
            {
                throw new LinodeToolkitException(CommandProblems.OtherPlan(preview.Cluster, member.Plan.Name));
            }

            KeyKeeping.Demand(context, preview);
            previews.Add((request, preview));
        }

        var open = previews.Where(one => one.Preview.Situation != ClusterSituation.Finished).ToList();
        if (context.DryRun)
        {
            context.View.List([.. previews.Select(one => PreviewDocument.From(one.Preview))], PreviewView.Shape);
            return ExitCode.Done;
        }

        if (open.Count > 0)
        {
            await AgreeAsync(context, [.. open.Select(one => one.Preview)], previews.Sum(one => one.Preview.Cost.Monthly)).ConfigureAwait(false);
        }
        else
        {
            context.Messages.Note($"all clusters of {name} stand as their plans say; nothing to do");
        }

        // Before it goes on in the background: who waits for the set finds it.
        await context.Toolkit.KeepSetAsync(name, source, set, context.Cancellation).ConfigureAwait(false);
        if (open.Count > 0 && (detach || context.Has(context.Root.Globals.NoWait)))
        {
            return await Background.StartAsync(context, $"linodetool cluster wait {Shell.Quote(name)} --for planready").ConfigureAwait(false);
        }

        var (_, ended) = await InTurnAsync(context, open.Select(one => (Func<Task<RunSummary>>)(() => RunWatch.WatchAsync(
            context, one.Request.Plan.Text, (observer, stop, leave) => context.Toolkit.CreateAsync(one.Preview, observer, stop, leave)))),
            context.CommandLine).ConfigureAwait(false);
        if (ended == ExitCode.Done || context.View.IsDocument)
        {
            var view = await context.Toolkit.GetClusterAsync(name, CancellationToken.None).ConfigureAwait(false);
            context.View.One(ClusterDocument.WithMembers(view), ClusterPages.Shape, ClusterPages.Summary);
        }

        return ended;
    }

    /// <summary>Has this done, shows how it ended, and concludes.</summary>
    public static async Task<ExitCode> OneAsync(ToolContext context, RunWork work)
    {
        var summary = await RunWatch.WatchAsync(context, null, work).ConfigureAwait(false);
        if (summary is { Nodes: 0, Outcome: "done", Verb: "start" or "stop" })
        {
            context.Messages.Note($"{summary.Cluster} has no node to {summary.Verb}; nothing to do");
        }

        if (summary.Outcome == "done" || context.View.IsDocument)
        {
            context.View.One(RunDocument.From(summary), RunView.Shape, RunView.Text);
        }

        return RunWatch.Conclude(context, summary);
    }

    /// <summary>The same for several, one after the other: what they came to is one list.</summary>
    public static async Task<ExitCode> EachAsync(ToolContext context, IEnumerable<RunWork> works, string again)
    {
        var (runs, ended) = await InTurnAsync(
            context, works.Select(work => (Func<Task<RunSummary>>)(() => RunWatch.WatchAsync(context, null, work))), again).ConfigureAwait(false);
        if (ended == ExitCode.Done || context.View.IsDocument)
        {
            context.View.List([.. runs.Select(RunDocument.From)], RunView.Shape);
        }

        return ended;
    }

    // The first that does not get to its end ends it, since the next may need it: then it takes the whole command to go on.
    private static async Task<(List<RunSummary> Runs, ExitCode Ended)> InTurnAsync(
        ToolContext context, IEnumerable<Func<Task<RunSummary>>> works, string again)
    {
        var (runs, ended) = (new List<RunSummary>(), ExitCode.Done);
        var all = works.ToList();
        foreach (var work in all)
        {
            runs.Add(await work().ConfigureAwait(false));
            ended = RunWatch.Conclude(context, runs[^1], runs.Count < all.Count ? again : null);
            if (ended != ExitCode.Done)
            {
                break;
            }
        }

        return (runs, ended);
    }

    private static async Task AgreeAsync(ToolContext context, IReadOnlyList<ClusterPreview> open, decimal monthly)
    {
        foreach (var line in open.Select(PreviewDocument.From).SelectMany(PreviewView.Text))
        {
            context.Messages.Note(line);
        }

        var nodes = open.Sum(one => one.Adds.Nodes);
        var question = nodes == 0 ? "Go on with it?" : $"Create {Say.Count(nodes, "node")} in {Say.Count(open.Count, "cluster")}?";
        await context.Asker.AgreeToAddAsync(question, monthly).ConfigureAwait(false);
    }
}
