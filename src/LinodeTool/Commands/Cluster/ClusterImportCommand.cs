using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterImportCommand
{
    private static readonly Guide Guide = new(
        "After the inventory was lost, or to take up nodes that were made by other means. An owner tag (lct:…, see cluster orphans) brings back all of "
            + "its cluster: nodes, volumes, balancers and firewall; with its plan also their groups. Any other tag takes up the nodes that carry it; "
            + "they get an owner tag, and the cluster is protected from deletion. Only records are made, and tags.",
        [
            "cluster import ha-wordpress --tag lct:0193b0c5-7b1e-7c3a-9d4f-1a2b3c4d5e6f --plan ha-wordpress-plan.yaml",
            "cluster import legacy --tag production",
        ],
        ["cluster orphans", "cluster show", "node trust"])
    {
        ExitNotes = ["5: the name or the tag is taken, or nothing carries the tag"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name the cluster is to have here");
        var tag = Words.Text("--tag", "TAG", "Tag its nodes carry");
        tag.Required = true;
        var plan = Words.Text("--plan", "FILE", "The plan it was made from; - for standard input");
        var set = Words.Many("--set", "KEY=VALUE", "Value for a variable of the plan");
        return new Verb("import", "Take up nodes of the account as a cluster", Guide, async context =>
        {
            if (context.DryRun)
            {
                throw new LinodeToolkitException(UsageProblems.NotActedOn("--dry-run", "linodetool cluster orphans: what stands, and nothing is changed"));
            }

            var source = context.Value(plan) is { } file ? PlanFiles.Read(context, file) : null;
            await context.PrepareAsync().ConfigureAwait(false);
            var request = new ImportRequest(context.Value(name), context.Value(tag)!)
            {
                Plan = source, Set = PlanFiles.Variables(context.Value(set)),
            };
            var cluster = await context.Toolkit.ImportAsync(request, context.Cancellation).ConfigureAwait(false);
            context.Messages.Note("host keys of its nodes are not known; to log in, read one at the node's console and accept it: linodetool node trust");
            context.View.One(ClusterDocument.WithMembers(cluster), ClusterPages.Shape, ClusterPages.Summary);
            return ExitCode.Done;
        })
        {
            name, tag, plan, set,
        };
    }
}
