using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterDeleteCommand
{
    private static readonly Guide Guide = new(
        "To take down a cluster with everything that was made for it. At a terminal its name has to be typed; in scripts say --yes.",
        ["cluster delete ha-wordpress", "cluster delete ha-wordpress --yes", "cluster delete ha-wordpress --keep-volumes --dry-run"],
        ["cluster list", "cluster unprotect", "node delete"])
    {
        ExitNotes = ["5: it is protected; --yes does not lift that", "7: something could not be deleted: cluster retry", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var keep = Words.Flag("--keep-volumes", "Keep block storage volumes and what is on them");
        var force = Words.Flag("--force", "Go on although an action before the deletion fails");
        return new Verb("delete", "Delete a cluster and all it has", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var found = await context.Toolkit.GetClusterAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            var cluster = ClusterDocument.WithMembers(found);
            foreach (var one in found.Members.Append(found))
            {
                await context.Toolkit.DemandUnprotectedAsync(one.Cluster.Name, context.Cancellation).ConfigureAwait(false);
            }

            if (context.DryRun)
            {
                context.View.One(cluster, ClusterPages.Shape, Lost(context.Has(keep)));
                return ExitCode.Done;
            }

            var lost = Lost(context.Has(keep))(cluster);
            await context.Asker.AgreeToLoseAsync(cluster.Name, $"deleting cluster {cluster.Name}", lost).ConfigureAwait(false);
            if (context.Has(context.Root.Globals.NoWait))
            {
                var follow = context.Line($"cluster wait {Shell.Quote(cluster.Name)} --for deleted");
                return await Background.StartAsync(context, follow).ConfigureAwait(false);
            }

            var request = new DeleteRequest { KeepVolumes = context.Has(keep), Force = context.Has(force) };
            if (cluster.Clusters is not null)
            {
                return await DeleteSetAsync(context, found, request).ConfigureAwait(false);
            }

            return await ClusterSetRuns.OneAsync(
                context, (observer, stop, leave) => context.Toolkit.DeleteAsync(cluster.Name, request, observer, stop, leave)).ConfigureAwait(false);
        })
        {
            name, keep, force,
        };
    }

    // What was deleted before is passed over: the same command finishes what is left.
    private static async Task<ExitCode> DeleteSetAsync(ToolContext context, ClusterView set, DeleteRequest request)
    {
        var ended = await ClusterSetRuns.EachAsync(context, set.Members.Reverse().Select(member => (RunWork)((observer, stop, leave) =>
            context.Toolkit.DeleteAsync(member.Cluster.Name, request, observer, stop, leave))), context.CommandLine).ConfigureAwait(false);
        if (ended == ExitCode.Done)
        {
            await context.Toolkit.ForgetSetAsync(set.Cluster.Name, context.Cancellation).ConfigureAwait(false);
        }

        return ended;
    }

    private static Func<ClusterDocument, IEnumerable<string>> Lost(bool keepVolumes) => cluster =>
    [
        $"cluster {cluster.Name} would be deleted:",
        $"  {Say.Count(cluster.NodeCount, "node")} in {string.Join(", ", cluster.Regions)}, with their disks",
        .. cluster.BalancerCount > 0 ? (IEnumerable<string>)[$"  {Say.Count(cluster.BalancerCount, "balancer")} and their addresses"] : [],
        .. cluster.VolumeCount > 0 ? (IEnumerable<string>)[$"  {Say.Count(cluster.VolumeCount, "volume")}{Fate(keepVolumes)}"] : [],
    ];

    private static string Fate(bool keepVolumes) => keepVolumes ? ": kept" : ", with what is on them";
}
