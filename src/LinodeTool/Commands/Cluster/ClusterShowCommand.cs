using LinodeTool.Grammar;
using LinodeTool.Output;
using LinodeTool.Progress;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterShowCommand
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private static readonly Guide Guide = new(
        "To see a cluster with its nodes, balancers, volumes, addresses and cost, how its last run ended, and who is at work on it now.",
        ["cluster show ha-wordpress", "cluster show ha-wordpress -o json", "cluster show ha-wordpress --watch"],
        ["cluster list", "cluster events", "cluster resume", "cluster exec", "node show"]);

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var watch = Words.Flag("--watch", "Show it anew each second, until Ctrl-C");
        return new Verb("show", "Show a cluster and its members", Guide, async context =>
        {
            var cluster = await FindAsync(context, context.Value(name)).ConfigureAwait(false);
            if (context.Has(watch) && context.View.IsText && context.Host.OutIsTerminal && Ink.Understands(context.Host))
            {
                return await WatchAsync(context, cluster).ConfigureAwait(false);
            }

            context.View.One(cluster, ClusterPages.Shape, ClusterPages.Page);
            return ExitCode.Done;
        })
        {
            name, watch,
        };
    }

    private static async Task<ExitCode> WatchAsync(ToolContext context, ClusterDocument cluster)
    {
        var painter = new FramePainter(context.Host.Out, context.Host.Screen);
        while (true)
        {
            var screen = context.Host.Screen();
            string Cut(string line) => line.Length < screen.Width ? line : line[..(screen.Width - 1)];
            painter.Paint([.. ClusterPages.Page(cluster).Take(screen.Height - 2).Select(Cut)]);
            context.Host.Out.Flush();
            await Task.Delay(Pace, context.Host.Time, context.Cancellation).ConfigureAwait(false);
            cluster = await FindAsync(context, cluster.Name).ConfigureAwait(false);
        }
    }

    private static async Task<ClusterDocument> FindAsync(ToolContext context, string name)
    {
        var view = await context.Toolkit.GetClusterAsync(name, context.Cancellation).ConfigureAwait(false);
        return await Standing.TellAsync(context, view, ClusterDocument.WithMembers(view)).ConfigureAwait(false);
    }
}
