using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterApplyCommand
{
    private static readonly Guide Guide = new(
        "To bring a cluster that stands to a plan, or back to it: cluster plan shows the same changes beforehand. What the plan does not have is deleted "
            + "only with --prune, nodes are made anew only with --rebuild. docs/changes.md says what changes how.",
        [
            "cluster apply ha-wordpress ha-wordpress-plan.yaml",
            "cluster apply shop plan.yaml --set web_count=25 --dry-run",
            "cluster apply shop plan.yaml --prune --yes",
        ],
        ["cluster plan", "cluster scale", "cluster diff", "cluster resume"])
    {
        ExitNotes = ["3: the plan asks for something that cannot be changed so", "9: something would be lost, and nobody agreed to that"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var plan = Words.Required("plan", "Plan file; - for standard input");
        var variables = Words.Many("--set", "KEY=VALUE", "Value for a variable of the plan");
        var prune = Words.Flag("--prune", "Delete what the plan does not have: nodes, volumes, balancers");
        var rebuild = Words.Flag("--rebuild", "Make nodes anew where a change needs it; what is on their disks is lost");
        var keep = Words.Flag("--keep-volumes", "Keep the volumes of nodes that are deleted");
        var detach = Words.Flag("--detach", "Go on in the background, or by workers where a queue is set");
        return new Verb("apply", "Bring a cluster to a plan", Guide, async context =>
        {
            var source = PlanFiles.Read(context, context.Value(plan));
            await context.PrepareAsync().ConfigureAwait(false);
            if (PlanSet.Read(source) is not null)
            {
                throw new LinodeToolkitException(CommandProblems.SetNotApplied(context.Value(name)));
            }

            var preview = await context.Toolkit.PreviewApplyAsync(
                new ApplyRequest(context.Value(name), source)
                {
                    Set = PlanFiles.Variables(context.Value(variables)), Prune = context.Has(prune), Rebuild = context.Has(rebuild),
                    KeepVolumes = context.Has(keep),
                },
                context.Cancellation).ConfigureAwait(false);
            return await ApplyRuns.RunAsync(context, preview, source.Text, context.Has(detach)).ConfigureAwait(false);
        })
        {
            name, plan, variables, prune, rebuild, keep, detach,
        };
    }
}
