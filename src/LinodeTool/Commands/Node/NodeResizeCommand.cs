using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class NodeResizeCommand
{
    private static readonly Guide Guide = new(
        "To move a node to another type: it is drained and shut down as for a reboot, resized, and booted. A disk that the platform laid out grows "
            + "along; disks of a plan's own stay as large as they are. The plan kept with its cluster names that type from then on.",
        ["node resize db-1 g6-standard-4", "node resize web-us-east-07 'linode 8gb' --dry-run", "node resize db-1 g6-standard-4 --yes -o json"],
        ["node reboot", "node rebuild", "types", "cluster diff"])
    {
        ExitNotes = ["5: its disks do not fit into that type", "7: it failed; the same command goes on with it"],
    };

    public static Verb Create()
    {
        var name = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var type = Words.Required("type", "Type it is to have");
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        var force = Rolling.Force();
        return new Verb("resize", "Move a node to another type", Guide, context => Rolling.NodesAsync(
            context, [context.Value(name)], context.Value(cluster),
            new RollRequest { Type = context.Value(type), Force = context.Has(force) }))
        {
            name, type, cluster, force,
        };
    }
}
