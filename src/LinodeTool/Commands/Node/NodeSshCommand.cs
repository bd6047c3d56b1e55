using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class NodeSshCommand
{
    private static readonly Guide Guide = new(
        $"To open a shell on a node at this terminal, or to run one command with its output as it is made. {NodeCommand.Rule} " +
        "A node that failed is let in to as well, if it answers.",
        ["node ssh web-us-east-01", "node ssh 70001234 -- journalctl -f", "node ssh db-1 -- cat /etc/hosts > hosts.txt"],
        ["cluster ssh", "node exec", "cluster cp", "node why", "node trust"])
    {
        ExitNotes = ["that of the command or shell; 255 where the connection was lost"],
    };

    public static Verb Create()
    {
        var node = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var command = new Rest("Command and its arguments; a shell where there is none", Needed: false);
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        return new Verb("ssh", "Open a session on a node", Guide, async context =>
        {
            var words = context.Value(command);
            Session.DemandUse(context, words);
            await context.PrepareAsync().ConfigureAwait(false);
            var found = await context.Toolkit.GetNodeAsync(context.Value(node), context.Value(cluster), context.Cancellation).ConfigureAwait(false);
            return await Session.OpenAsync(context, found, words).ConfigureAwait(false);
        })
        {
            node, cluster,
        }.Taking(command);
    }
}
