using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

/// <summary>Goes on with last runs: of a cluster, or of those of a set in the order that fits what they do.</summary>
internal static class GoingOn
{
    /// <param name="context">The call.</param>
    /// <param name="cluster">The cluster or set.</param>
    /// <param name="open">Those of it that there is something to go on with.</param>
    /// <param name="again">Names of the failed steps to try again; null for all.</param>
    /// <param name="detach">Whether it goes on in the background.</param>
    public static async Task<ExitCode> RunAsync(
        ToolContext context, ClusterView cluster, IReadOnlyList<Standing> open, IReadOnlySet<string>? again, bool detach)
    {
        var isSet = cluster.Plan?.Members.Count > 0;
        Standing[] inOrder = [.. open.Where(one => one.IsDownwards).Reverse(), .. open.Where(one => !one.IsDownwards)];
        if (context.DryRun)
        {
            Show(context, isSet, [.. inOrder.Select(one => one.Document)]);
            return ExitCode.Done;
        }

        if (detach || context.Has(context.Root.Globals.NoWait))
        {
            if (!isSet && HandOver.IsMeant(context))
            {
                return await HandOver.GoOnAsync(context, inOrder[0], again).ConfigureAwait(false);
            }

            var follow = context.Line($"cluster events {Shell.Quote(inOrder[^1].Cluster.Name)} --follow");
            return await Background.StartAsync(context, follow).ConfigureAwait(false);
        }

        var works = inOrder.Select(one => Work(context, one, again)).ToList();
        var ended = isSet
            ? await ClusterSetRuns.EachAsync(context, works, context.CommandLine).ConfigureAwait(false)
            : await ClusterSetRuns.OneAsync(context, works[0]).ConfigureAwait(false);
        return ended == ExitCode.Done && isSet ? await CloseSetAsync(context, cluster, inOrder).ConfigureAwait(false) : ended;
    }

    /// <summary>Throws where clusters of a set were not begun yet: no run of theirs is there to go on with.</summary>
    public static void DemandBegun(ToolContext context, ClusterView set)
    {
        var begun = set.Members.Select(member => member.Cluster.Name).ToHashSet(StringComparer.Ordinal);
        string[] missing = [.. (set.Plan?.Members ?? []).Select(member => member.Cluster).Where(name => !begun.Contains(name))];
        if (missing.Length > 0)
        {
            var create = context.Line($"cluster create {Shell.Quote(set.Cluster.Name)} {Shell.Quote(set.Cluster.PlanName)}");
            throw new LinodeToolkitException(CommandProblems.NotBegun(set.Cluster.Name, missing, create));
        }
    }

    private static void Show(ToolContext context, bool isSet, IReadOnlyList<RunStateDocument> runs)
    {
        if (isSet)
        {
            context.View.List(runs, RunStateView.Shape);
        }
        else
        {
            context.View.One(runs[0], RunStateView.Shape, RunStateView.Text);
        }
    }

    // Another may have gone on with it since it was looked at, and have come to its end.
    private static RunWork Work(ToolContext context, Standing stands, IReadOnlySet<string>? again) => async (observer, stop, leave) =>
        await context.Toolkit.ResumeAsync(stands.Cluster.Name, again, observer, stop, leave).ConfigureAwait(false)
            ?? new(stands.Run?.Id ?? "", stands.Cluster.Name, stands.Verb, "done", 0, 0, 0, 0, TimeSpan.Zero, null, null, 0, 0, 0, []);

    // A set is forgotten with the last of its clusters; one that was being created may lack some yet.
    private static async Task<ExitCode> CloseSetAsync(ToolContext context, ClusterView set, IReadOnlyList<Standing> ended)
    {
        var stands = await context.Toolkit.GetClusterAsync(set.Cluster.Name, CancellationToken.None).ConfigureAwait(false);
        if (!ended.Any(one => one.IsDownwards))
        {
            DemandBegun(context, stands);
        }
        else if (stands.Members.Count == 0 && ended.Any(one => one.Verb == "delete"))
        {
            await context.Toolkit.ForgetSetAsync(set.Cluster.Name, CancellationToken.None).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }
}
