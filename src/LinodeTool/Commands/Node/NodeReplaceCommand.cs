using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class NodeReplaceCommand
{
    private static readonly Guide Guide = new(
        "To have another node take the place of one that is dead or gone: under its name, with its host name, admin key and volumes, and what is on "
            + "those; its addresses and host key are new, and the others and the balancers are told. What is left of the old one is deleted; it is "
            + "asked nothing before. At a terminal its label has to be typed; in scripts say --yes.",
        ["node replace db-1", "node replace web-us-east-07 --yes", "node replace 70001234 --dry-run"],
        ["node rebuild", "cluster diff", "cluster retry", "node why"])
    {
        ExitNotes = ["7: it failed; the same command, or cluster retry, goes on with it", "9: not agreed to"],
    };

    public static Verb Create()
    {
        var names = Words.Several("node", "Label, id, host name or region/group/ordinal");
        var cluster = Words.Text("--cluster", "NAME", "Cluster they belong to, where names repeat");
        return new Verb("replace", "Put a new node in the place of a dead one", Guide, context => Rolling.NodesAsync(
            context, context.Value(names), context.Value(cluster), new RollRequest { Kind = RollKind.Replace }))
        {
            names, cluster,
        };
    }
}
