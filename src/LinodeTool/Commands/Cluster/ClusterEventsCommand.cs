using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Grammar;
using LinodeTool.Progress;
using LinodeTool.Settings;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterEventsCommand
{
    private static readonly Guide Guide = new(
        "To see what happened in the runs of a cluster, or what happens now in a run started elsewhere. With --changes: when the states of it and its "
        + "nodes changed, by the inventory, which other machines may write to as well.",
        ["cluster events ha-wordpress", "cluster events ha-wordpress --since 10m", "cluster events ha-wordpress --follow -o json",
            "cluster events ha-wordpress --changes --follow"],
        ["task list", "node why", "cluster show"]);

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var follow = Words.Flag("--follow", "Go on until the run ends; with --changes until it is interrupted");
        var changes = Words.Flag("--changes", "Changes of state instead of the events of runs");
        var since = Words.Text("--since", "TIME", "Only what is younger, such as 10m");
        return new Verb("events", "Show the events of a cluster's runs", Guide, async context =>
        {
            var cluster = await context.Toolkit.GetClusterAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            var from = context.Value(since) is { } span ? context.Host.Time.GetUtcNow() - Durations.Parse("--since", span) : DateTimeOffset.MinValue;
            if (context.Has(changes))
            {
                return await ChangesAsync(context, cluster.Cluster, from, context.Has(follow)).ConfigureAwait(false);
            }

            var runs = await RunsAsync(context, cluster.Cluster.Name).ConfigureAwait(false);
            if (!context.Has(follow))
            {
                var sofar = new List<EventDocument>();
                foreach (var run in runs)
                {
                    sofar.AddRange((await run.ReadAsync().ConfigureAwait(false)).Where(happened => happened.Ts >= from));
                }

                context.View.List(sofar, EventView.Shape);
                return ExitCode.Done;
            }

            await foreach (var happened in runs[^1].FollowAsync().ConfigureAwait(false))
            {
                if (happened.Ts >= from)
                {
                    context.Host.Out.WriteLine(context.View.IsDocument ? EventView.Json(happened) : EventView.Line(happened));
                    context.Host.Out.Flush();
                }
            }

            return ExitCode.Done;
        })
        {
            name, follow, since, changes,
        };
    }

    private static async Task<ExitCode> ChangesAsync(ToolContext context, ClusterRecord cluster, DateTimeOffset from, bool follow)
    {
        var query = new ChangeQuery(cluster.Id);
        var sofar = await context.Toolkit.ListChangesAsync(query, context.Cancellation).ToListAsync(context.Cancellation).ConfigureAwait(false);
        var shown = sofar.Where(change => change.At >= from).Select(ChangeDocument.Of).ToList();
        if (!follow)
        {
            context.View.List(shown, ChangeView.Shape);
            return ExitCode.Done;
        }

        shown.ForEach(Tell);
        var next = query with { After = sofar.LastOrDefault()?.Number ?? 0 };
        await foreach (var change in context.Toolkit.WatchChangesAsync(next, context.Cancellation).ConfigureAwait(false))
        {
            Tell(ChangeDocument.Of(change));
        }

        return ExitCode.Done;

        void Tell(ChangeDocument change)
        {
            context.Host.Out.WriteLine(context.View.IsDocument ? ChangeView.Json(change) : ChangeView.Line(change));
            context.Host.Out.Flush();
        }
    }

    /// <summary>Its runs, oldest first.</summary>
    private static async Task<IReadOnlyList<RunEvents>> RunsAsync(ToolContext context, string cluster)
    {
        var runs = new List<RunEvents>();
        await foreach (var run in context.Toolkit.ListRunsAsync(cluster, context.Cancellation).ConfigureAwait(false))
        {
            runs.Insert(0, new(context, cluster, run.Id));
        }

        return runs.Count > 0 ? runs : throw new LinodeToolkitException(CommandProblems.NoRun($"run of {cluster}"));
    }
}
