using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterExecCommand
{
    private static readonly Guide Guide = new(
        $"To run a command on the nodes of a cluster, many at once. {NodeCommand.Rule} Output comes as each node ends, at most a MiB of it; " +
        "--timeout says how long it may take on each, 5m unless said. Nodes that are not up are skipped, and said. " +
        "For output as it is made, on one node: cluster ssh.",
        [
            "cluster exec ha-wordpress -- uptime",
            "cluster exec ha-wordpress --group webservers --as-root -- systemctl restart nginx",
            "cluster exec ha-wordpress --timeout 30m -o json -- 'df -h / | tail -1'",
            "cluster exec ha-wordpress --node ndbdata-us-01 --stdin -- sh -s < check.sh",
        ],
        ["node exec", "cluster ssh", "cluster cp", "node why"])
    {
        ExitNotes = ["one node: that of the command", "several: 0, or 7 where it failed on some; they are named at the end"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var command = new Rest("Command and its arguments");
        var group = Words.Text("--group", "NAME", "Only nodes of this group");
        var node = Words.Many("--node", "NODE", "This node, whatever its state; give it several times for several");
        var region = Words.Text("--region", "ID", "Only nodes in this region");
        var tag = Words.Text("--tag", "TAG", "Only nodes with this tag");
        var how = new ExecOptions();
        return new Verb("exec", "Run a command on nodes of a cluster", Guide, async context =>
        {
            var (run, parallel) = how.Read(context, context.Value(command));
            await context.PrepareAsync().ConfigureAwait(false);
            var filter = new NodeFilter(context.Value(group), context.Value(region), context.Value(tag)) { Names = context.Value(node) };
            var nodes = await filter.FindAsync(context, context.Value(name)).ConfigureAwait(false);
            return await Execution.RunAsync(context, nodes, run, parallel).ConfigureAwait(false);
        })
        {
            name, group, node, region, tag, how.AsRoot, how.Stdin, how.Parallel,
        }.Taking(command);
    }
}
