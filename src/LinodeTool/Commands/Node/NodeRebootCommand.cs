using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class NodeRebootCommand
{
    private static readonly Guide Guide = new(
        "To shut nodes down by request to the cloud and boot them, one after the other: each leaves its balancers, is drained as its plan says, "
            + "and shows its plan's signs of work before the next goes down.",
        ["node reboot db-1", "node reboot web-us-east-07 web-us-east-08 --max-unavailable 2", "node reboot db-1 --force --dry-run"],
        ["cluster roll", "node resize", "node rebuild", "node why"])
    {
        ExitNotes = ["7: a node failed; the same command goes on with it"],
    };

    public static Verb Create()
    {
        var names = Words.Several("node", "Label, id, host name or region/group/ordinal");
        var cluster = Words.Text("--cluster", "NAME", "Cluster they belong to, where names repeat");
        var most = Rolling.MaxUnavailable();
        var force = Rolling.Force();
        return new Verb("reboot", "Reboot nodes in turns", Guide, context => Rolling.NodesAsync(
            context, context.Value(names), context.Value(cluster),
            new RollRequest { MaxUnavailable = Rolling.Read(context, most), Force = context.Has(force) }))
        {
            names, cluster, most, force,
        };
    }
}
