using LinodeTool.Grammar;
using LinodeTool.Output;

namespace LinodeTool.Commands;

internal static class ClusterResumeCommand
{
    private static readonly Guide Guide = new(
        "To go on with the last run of a cluster that was interrupted, by Ctrl-C, cluster cancel or the end "
            + "of its process, or that failed: whatever it "
            + "was, it is brought to its end. What was done is not done twice. Of a set of clusters it is each run "
            + "that has not ended, in their order.",
        ["cluster resume ha-wordpress", "cluster resume ha-wordpress --detach", "cluster resume ha-wordpress --dry-run -o json"],
        ["cluster retry", "cluster cancel", "cluster show", "cluster events", "task list"])
    {
        ExitNotes = ["0: also where there is nothing to go on with", "7: some steps failed", "12: another process is at work on it"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var detach = Words.Flag("--detach", "Go on in the background, or by workers where a queue is set");
        return new Verb("resume", "Go on with a run that was interrupted", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var cluster = await context.Toolkit.GetClusterAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            var all = await Standing.AllAsync(context, cluster).ConfigureAwait(false);

            // Where somebody is at work, going on says who: there can be only one.
            var open = all.Where(one => one.IsOpen || one.Lease is not null).ToList();
            if (open.Count == 0 && all.FirstOrDefault(one => one.State == "queued") is { } queued)
            {
                context.Messages.Note($"the last run of {Say.Plain(queued.Cluster.Name)} waits for a worker; to watch: {queued.Next(context)}");
                return ExitCode.Done;
            }

            if (open.Count == 0)
            {
                GoingOn.DemandBegun(context, cluster);
                context.Messages.Note($"the last run of {Say.Plain(cluster.Cluster.Name)} came to its end; there is nothing to go on with");
                return ExitCode.Done;
            }

            return await GoingOn.RunAsync(context, cluster, open, null, context.Has(detach)).ConfigureAwait(false);
        })
        {
            name, detach,
        };
    }
}
