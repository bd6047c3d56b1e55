using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterSshCommand
{
    private static readonly Guide Guide = new(
        $"To open a shell on a node of a cluster at this terminal, or to run one command with its output as it is made. {NodeCommand.Rule} " +
        "Keys and host keys are the toolkit's own; nothing of them has to be in your ssh configuration.",
        ["cluster ssh ha-wordpress webservers-us-east-01", "cluster ssh ha-wordpress ndbdata-us-01 -- 'tail -f /var/log/syslog'",
            "cluster ssh ha-wordpress ndbdata-us-01 -- sudo -i"],
        ["node ssh", "cluster exec", "cluster cp", "node why"])
    {
        ExitNotes = ["that of the command or shell; 255 where the connection was lost"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var node = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var command = new Rest("Command and its arguments; a shell where there is none", Needed: false);
        return new Verb("ssh", "Open a session on a node of a cluster", Guide, async context =>
        {
            var words = context.Value(command);
            Session.DemandUse(context, words);
            await context.PrepareAsync().ConfigureAwait(false);
            var found = await context.Toolkit.GetNodeAsync(context.Value(node), context.Value(name), context.Cancellation).ConfigureAwait(false);
            return await Session.OpenAsync(context, found, words).ConfigureAwait(false);
        })
        {
            name, node,
        }.Taking(command);
    }
}
