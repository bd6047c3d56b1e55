using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterRotateKeysCommand
{
    private static readonly Guide Guide = new(
        "To give running nodes new key pairs for their admin account: the new key is kept and put beside the old one, a new connection proves it, "
            + "and only then is the old one taken away and seen to be refused. A node that is off or does not answer keeps its key, is named, and "
            + "gets a new one the next time. Nodes that share a key (ssh: keys) change it together, also where one of them is named, and only when "
            + "all of them can be reached. Keys of users that a plan makes stay.",
        [
            "cluster rotate-keys ha-wordpress", "cluster rotate-keys ha-wordpress --group webservers --dry-run",
            "cluster rotate-keys ha-wordpress --node web-us-01 -o json",
        ],
        ["cluster resume", "cluster exec", "node trust", "node why"])
    {
        ExitNotes = ["7: some nodes keep their old key; give the same command again", "12: another process is at work on it"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var group = Words.Text("--group", "NAME", "Only nodes of this group, and those that share a key with them");
        var node = Words.Many("--node", "NODE", "Only this node, and those that share its key; may be repeated");
        return new Verb("rotate-keys", "Give nodes new admin keys", Guide, async context =>
        {
            await context.PrepareAsync().ConfigureAwait(false);
            var cluster = await context.Toolkit.GetClusterAsync(context.Value(name), context.Cancellation).ConfigureAwait(false);
            if (cluster.Plan?.Members is { Count: > 0 } members)
            {
                throw new LinodeToolkitException(
                    UsageProblems.OfOneCluster("rotate-keys", cluster.Cluster.Name, [.. members.Select(member => member.Cluster)]));
            }

            var nodes = await NodeFilter.NamedAsync(context, context.Value(node), cluster.Cluster.Name).ConfigureAwait(false);
            var request = new RotateKeysRequest
            {
                Groups = context.Value(group) is { } only ? new HashSet<string>(StringComparer.Ordinal) { only } : null,
                Nodes = nodes.Count > 0 ? nodes.Select(one => one.Key).ToHashSet(StringComparer.Ordinal) : null,
            };
            return await RunAsync(context, cluster.Cluster.Name, request).ConfigureAwait(false);
        })
        {
            name, group, node,
        };
    }

    private static async Task<ExitCode> RunAsync(ToolContext context, string cluster, RotateKeysRequest request)
    {
        if (context.DryRun)
        {
            var keys = await context.Toolkit.PreviewKeysAsync(cluster, request, context.Cancellation).ConfigureAwait(false);
            context.View.List([.. keys.Select(KeyDocument.From)], KeyView.Shape);
            return ExitCode.Done;
        }

        return context.Has(context.Root.Globals.NoWait)
            ? await Background.StartAsync(context, context.Line($"cluster events {Shell.Quote(cluster)} --follow")).ConfigureAwait(false)
            : await ClusterSetRuns.OneAsync(context, (observer, stop, leave) =>
                context.Toolkit.RotateKeysAsync(cluster, request, observer, stop, leave)).ConfigureAwait(false);
    }
}
