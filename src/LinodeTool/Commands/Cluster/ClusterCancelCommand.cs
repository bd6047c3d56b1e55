using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterCancelCommand
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private static readonly Guide Guide = new(
        "To have the run at work on a cluster stop, in whatever terminal or process it is, as Ctrl-C there would: it starts nothing new, lets calls "
            + "finish, and can be gone on with. Waits until it has; --no-wait only asks. One that waits for a worker is taken back.",
        ["cluster cancel ha-wordpress", "cluster cancel ha-wordpress --yes --timeout 1m", "cluster cancel ha-wordpress --no-wait"],
        ["cluster resume", "cluster show", "cluster events", "task cancel"])
    {
        ExitNotes = ["0: also where no run is at work", "8: it did not stop within --timeout; it will", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        return new Verb("cancel", "Have the run at work on a cluster stop", Guide, async context =>
        {
            var cluster = await context.Toolkit.GetClusterAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            var all = await Standing.AllAsync(context, cluster).ConfigureAwait(false);
            var (told, atWork) = (Say.Plain(cluster.Cluster.Name), all.Where(one => one.Lease is not null).ToList());
            foreach (var one in atWork)
            {
                context.Messages.Note($"at work on {Say.Plain(one.Cluster.Name)}: {WorkView.Text(WorkDocument.From(one.Lease!))}");
            }

            if (atWork.Count == 0 && all.Any(one => one.State == "queued"))
            {
                return await TakeBackAsync(context, all).ConfigureAwait(false);
            }

            if (atWork.Count == 0)
            {
                var open = all.FirstOrDefault(one => one.IsOpen);
                context.Messages.Note($"no run is at work on {told}; nothing to cancel"
                    + (open is null ? "" : $". Its last one {(open.State == "failed" ? "failed" : "was interrupted")}; to go on: "
                        + open.Next(context)));
                return ExitCode.Done;
            }

            if (!context.DryRun)
            {
                await context.Asker.AgreeToDisturbAsync("Have it stop?").ConfigureAwait(false);
                atWork = await StopAsync(context, cluster, atWork).ConfigureAwait(false);
                context.Messages.Note($"to go on: {context.Line($"cluster resume {Shell.Quote(cluster.Cluster.Name)}")}");
            }

            context.View.List([.. atWork.Select(one => one.Document)], RunStateView.Shape);
            return ExitCode.Done;
        })
        {
            name,
        };
    }

    // What waits for workers is taken from them; one that a worker begins in the meantime is at work, and the next call stops it.
    private static async Task<ExitCode> TakeBackAsync(ToolContext context, IReadOnlyList<Standing> all)
    {
        var after = new List<Standing>();
        foreach (var one in all.Where(one => one.State == "queued"))
        {
            context.Messages.Note($"the run of {Say.Plain(one.Cluster.Name)} waits for a worker");
            if (!context.DryRun)
            {
                await context.Asker.AgreeToDisturbAsync("Take it back?").ConfigureAwait(false);
                var isBack = await context.Toolkit.WithdrawAsync(one.Cluster.Name, context.Cancellation).ConfigureAwait(false);
                context.Messages.Note(isBack
                    ? $"taken back; to go on: {context.Line($"cluster resume {Shell.Quote(one.Cluster.Name)}")}"
                    : $"a worker has begun it; to stop it: {context.Line($"cluster cancel {Shell.Quote(one.Cluster.Name)}")}");
            }

            after.Add(await Standing.OfAsync(context, one.Cluster).ConfigureAwait(false));
        }

        context.View.List([.. after.Select(one => one.Document)], RunStateView.Shape);
        return ExitCode.Done;
    }

    // Of a set, one that came to its end before it heard of this is followed by the next of them, which is asked as well.
    private static async Task<List<Standing>> StopAsync(ToolContext context, ClusterView cluster, List<Standing> atWork)
    {
        var wait = !context.Has(context.Root.Globals.NoWait);
        using var patience = context.Timeout is { } limit ? new CancellationTokenSource(limit, context.Host.Time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation, patience.Token);
        var stopped = new List<Standing>();
        try
        {
            while (atWork.Count > 0)
            {
                foreach (var one in atWork)
                {
                    _ = await context.Toolkit.CancelAsync(one.Cluster.Name, wait, either.Token).ConfigureAwait(false);
                    var view = await context.Toolkit.GetClusterAsync(one.Cluster.Name, either.Token).ConfigureAwait(false);
                    stopped.Add(await Standing.OfAsync(context, view.Cluster).ConfigureAwait(false));
                }

                var goesOn = wait && cluster.Plan?.Members.Count > 0 && stopped[^1].State == "done";
                await (goesOn ? Task.Delay(Pace, context.Host.Time, either.Token) : Task.CompletedTask).ConfigureAwait(false);
                atWork = goesOn ? [.. (await Standing.AllAsync(context, cluster).ConfigureAwait(false)).Where(one => one.Lease is not null)] : [];
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !context.Cancellation.IsCancellationRequested)
        {
            throw new LinodeToolkitException(CommandProblems.NotInTime($"the end of the run on {cluster.Cluster.Name}", context.Timeout!.Value));
        }

        return stopped;
    }
}
