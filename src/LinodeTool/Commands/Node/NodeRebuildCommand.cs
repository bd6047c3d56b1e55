using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class NodeRebuildCommand
{
    private static readonly Guide Guide = new(
        "To make the disks of a node anew and configure it as its plan says, as if it had just been created: what is on its disks is lost; its id, "
            + "addresses and volumes stay, with what is on those. It gets another host key. With IMAGE, the plan kept with its cluster names that "
            + "image from then on. At a terminal its label has to be typed; in scripts say --yes.",
        ["node rebuild web-us-east-07", "node rebuild db-1 debian13 --yes", "node rebuild db-1 --dry-run"],
        ["cluster roll", "node replace", "node reboot"])
    {
        ExitNotes = ["7: it failed; the same command goes on with it", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var name = Words.Required("node", "Label, id, host name or region/group/ordinal");
        var image = Words.Perhaps("image", "Image; the one it has unless said");
        var cluster = Words.Text("--cluster", "NAME", "Cluster it belongs to, where names repeat");
        var force = Rolling.Force();
        return new Verb("rebuild", "Make the disks of a node anew", Guide, context => Rolling.NodesAsync(
            context, [context.Value(name)], context.Value(cluster),
            new RollRequest { Kind = RollKind.Rebuild, Image = context.Perhaps(image), Force = context.Has(force) }))
        {
            name, image, cluster, force,
        };
    }
}
