using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class NodeExecCommand
{
    private static readonly Guide Guide = new(
        $"To run a command on some nodes, of whatever clusters and in whatever state. {NodeCommand.Rule} " +
        "Output comes as each node ends, at most a MiB of it; --timeout says how long it may take on each, 5m unless said.",
        ["node exec db-1 -- uptime", "node exec web-us-east-01 web-us-east-02 --as-root -- apt-get -y upgrade",
            "node exec db-1 db-2 -o json -- 'df -h | tail -1'"],
        ["cluster exec", "node ssh", "node why"])
    {
        ExitNotes = ["one node: that of the command", "several: 0, or 7 where it failed on some; they are named at the end"],
    };

    public static Verb Create()
    {
        var names = Words.Several("node", "Label, id, host name or region/group/ordinal");
        var command = new Rest("Command and its arguments");
        var cluster = Words.Text("--cluster", "NAME", "Cluster they belong to, where names repeat");
        var how = new ExecOptions();
        return new Verb("exec", "Run a command on nodes", Guide, async context =>
        {
            var (run, parallel) = how.Read(context, context.Value(command));
            await context.PrepareAsync().ConfigureAwait(false);
            var nodes = await NodeFilter.NamedAsync(context, context.Value(names), context.Value(cluster)).ConfigureAwait(false);
            return await Execution.RunAsync(context, nodes, run, parallel).ConfigureAwait(false);
        })
        {
            names, cluster, how.AsRoot, how.Stdin, how.Parallel,
        }.Taking(command);
    }
}
