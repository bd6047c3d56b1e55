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
    public static async Task<ExitCode> CreateAsync(ToolContext context, string name, PlanSource source, PlanSet set, CreateRequest options, bool detach)
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

            previews.Add((request, preview));
        }

        var documents = previews.Select(one => PreviewDocument.From(one.Preview)).ToList();
        if (context.DryRun)
        {
            context.View.List(documents, PreviewView.Shape);
            return ExitCode.Done;
        }

        foreach (var line in documents.SelectMany(PreviewView.Text))
        {
            context.Messages.Note(line);
        }

        var nodes = previews.Sum(one => one.Preview.Adds.Nodes);
        var question = nodes == 0 ? "Go on with it?" : $"Create {Say.Count(nodes, "node")} in {Say.Count(previews.Count, "cluster")}?";
        await context.Asker.AgreeToAddAsync(question, previews.Sum(one => one.Preview.Cost.Monthly)).ConfigureAwait(false);
        if (detach || context.Has(context.Root.Globals.NoWait))
        {
            return await Background.StartAsync(context, $"linodetool cluster wait {Shell.Quote(name)} --for planready").ConfigureAwait(false);
        }

        await context.Toolkit.KeepSetAsync(name, source, set, context.Cancellation).ConfigureAwait(false);
        var ended = await EachAsync(context, previews.Where(one => one.Preview.Situation != ClusterSituation.Finished), one => RunWatch.WatchAsync(
            context, one.Request.Plan.Text, (observer, stop, leave) => context.Toolkit.CreateAsync(one.Preview, observer, stop, leave))).ConfigureAwait(false);
        if (ended == ExitCode.Done)
        {
            var view = await context.Toolkit.GetClusterAsync(name, context.Cancellation).ConfigureAwait(false);
            context.View.One(ClusterDocument.WithMembers(view), ClusterPages.Shape, ClusterPages.Summary);
        }

        return ended;
    }

    /// <summary>Does the same to each of these clusters in turn; the first that does not get to its end ends it, since the next may need it.</summary>
    public static async Task<ExitCode> EachAsync<T>(ToolContext context, IEnumerable<T> clusters, Func<T, Task<RunSummary>> work)
    {
        foreach (var cluster in clusters)
        {
            var summary = await work(cluster).ConfigureAwait(false);
            if (RunWatch.Conclude(context, summary, context.CommandLine) is var code && code != ExitCode.Done)
            {
                return code;
            }
        }

        return ExitCode.Done;
    }
}
