using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterListCommand
{
    private static readonly Guide Guide = new(
        "To see which clusters there are, in which state, what each costs, and which of them is being worked on or was left halfway.",
        ["cluster list", "cluster list -o json", "clusters list --columns name,state,cost"],
        ["cluster show", "cluster resume", "node list"]);

    public static Verb Create() => new("list", "List clusters", Guide, async context =>
    {
        var clusters = new List<ClusterDocument>();
        await foreach (var view in context.Toolkit.ListClustersAsync(context.Cancellation).ConfigureAwait(false))
        {
            clusters.Add(await Standing.TellAsync(context, view, ClusterDocument.From(view)).ConfigureAwait(false));
        }

        context.View.List(clusters, ClusterPages.Shape);
        foreach (var cluster in context.View.IsText ? clusters : [])
        {
            Hint(context, cluster);
        }

        return ExitCode.Done;
    });

    // Beside the table, which scripts read.
    private static void Hint(ToolContext context, ClusterDocument cluster)
    {
        if (cluster.Next is { } next)
        {
            context.Messages.Note(cluster.Work is { } work
                ? $"{cluster.Name}: {WorkView.Text(work)}; to watch: {next}"
                : $"{cluster.Name}: {cluster.LastRunVerb} {cluster.LastRunState}; {(cluster.LastRunState == "queued" ? "to watch" : "to go on")}: {next}");
        }
    }
}
