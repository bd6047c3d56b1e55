using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterListCommand
{
    private static readonly Guide Guide = new(
        "To see which clusters there are, in which state, and what each costs.",
        ["cluster list", "cluster list -o json", "clusters list --columns name,state,cost"],
        ["cluster show", "node list"]);

    public static Verb Create() => new("list", "List clusters", Guide, async context =>
    {
        var clusters = new List<ClusterDocument>();
        await foreach (var view in context.Toolkit.ListClustersAsync(context.Cancellation).ConfigureAwait(false))
        {
            clusters.Add(ClusterDocument.From(view));
        }

        context.View.List(clusters, ClusterPages.Shape);
        return ExitCode.Done;
    });
}
