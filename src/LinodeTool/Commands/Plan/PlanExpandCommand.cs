using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class PlanExpandCommand
{
    private static readonly Guide Guide = new(
        "To see every node a plan means, with its label, names, type, image, disks and volumes, before anything exists.",
        ["plan expand ha-wordpress-plan.yaml", "plan expand plan.yaml -o json", "plan expand plan.yaml --cluster shop -o name"],
        ["plan show", "cluster plan"])
    {
        ExitNotes = ["3: something is wrong in the plan"],
    };

    public static Verb Create()
    {
        var file = Words.Required("file", "Plan file; - for standard input");
        var set = Words.Many("--set", "KEY=VALUE", "Value for a variable of the plan");
        var cluster = Words.Text("--cluster", "NAME", "Name of the cluster to be, for names made from it");
        return new Verb("expand", "Print all nodes of a plan", Guide, async context =>
        {
            var plan = await PlanFiles.ResolveAsync(context, context.Value(file), context.Value(cluster), context.Value(set)).ConfigureAwait(false);
            context.View.List([.. plan.Nodes.Select(PlannedNodeDocument.From)], PlanView.Nodes);
            return ExitCode.Done;
        })
        {
            file, set, cluster,
        };
    }
}
