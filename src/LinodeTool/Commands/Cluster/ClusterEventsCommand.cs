using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Progress;
using LinodeTool.Settings;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterEventsCommand
{
    private static readonly Guide Guide = new(
        "To see what happened in the runs of a cluster, or what happens now in a run started elsewhere.",
        ["cluster events ha-wordpress", "cluster events ha-wordpress --since 10m", "cluster events ha-wordpress --follow -o json"],
        ["task list", "node why", "cluster show"]);

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var follow = Words.Flag("--follow", "Go on until the run ends");
        var since = Words.Text("--since", "TIME", "Only what is younger, such as 10m");
        return new Verb("events", "Show the events of a cluster's runs", Guide, async context =>
        {
            var cluster = await context.Toolkit.GetClusterAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            var from = context.Value(since) is { } span ? context.Host.Time.GetUtcNow() - Durations.Parse("--since", span) : DateTimeOffset.MinValue;
            var files = await FilesAsync(context, cluster.Cluster.Name).ConfigureAwait(false);
            if (!context.Has(follow))
            {
                context.View.List([.. files.SelectMany(EventFile.Read).Where(happened => happened.Ts >= from)], EventView.Shape);
                return ExitCode.Done;
            }

            async Task<bool> IsAtWorkAsync() =>
                await context.Toolkit.FindLeaseAsync(cluster.Cluster.Name, context.Cancellation).ConfigureAwait(false) is not null;
            var all = EventFile.FollowAsync(files[^1], context.Host.Time, IsAtWorkAsync, context.Cancellation);
            await foreach (var happened in all.ConfigureAwait(false))
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
            name, follow, since,
        };
    }

    /// <summary>Event files of its runs, oldest first.</summary>
    private static async Task<IReadOnlyList<string>> FilesAsync(ToolContext context, string cluster)
    {
        var files = new List<string>();
        await foreach (var run in context.Toolkit.ListRunsAsync(cluster, context.Cancellation).ConfigureAwait(false))
        {
            files.Insert(0, RunFolder.EventsFile(context.Folders, run.Id));
        }

        return files.Count > 0 ? files : throw new LinodeToolkitException(CommandProblems.NoRun($"run of {cluster}"));
    }
}
