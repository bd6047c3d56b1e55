using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterPlanCommand
{
    private static readonly Guide Guide = new(
        "To see what cluster create would do, or what cluster apply would change of a cluster that stands: each change with its reason, price and "
            + "least time. Nothing is changed.",
        ["cluster plan ha-wordpress ha-wordpress-plan.yaml", "cluster plan shop plan.yaml --exit-code -o json"],
        ["cluster create", "cluster apply", "plan show"])
    {
        ExitNotes = ["10: with --exit-code, there is something to do"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var plan = Words.Required("plan", "Plan file; - for standard input");
        var set = Words.Many("--set", "KEY=VALUE", "Value for a variable of the plan");
        var prune = Words.Flag("--prune", "As cluster apply --prune would do it");
        var rebuild = Words.Flag("--rebuild", "As cluster apply --rebuild would do it");
        var keep = Words.Flag("--keep-volumes", "As cluster apply --keep-volumes would do it");
        var exitCode = Words.Flag("--exit-code", "Return 10 where there is something to do");
        return new Verb("plan", "Show what a plan would change", Guide, async context =>
        {
            var source = PlanFiles.Read(context, context.Value(plan));
            await context.PrepareAsync().ConfigureAwait(false);
            var preview = await context.Toolkit.PreviewAsync(
                new CreateRequest(context.Value(name), source) { Set = PlanFiles.Variables(context.Value(set)) },
                context.Cancellation).ConfigureAwait(false);
            context.Messages.Warn(preview.Warnings);
            var document = PreviewDocument.From(preview);
            if (preview.Situation != ClusterSituation.New)
            {
                var apply = await context.Toolkit.PreviewApplyAsync(
                    new ApplyRequest(context.Value(name), source)
                    {
                        Set = PlanFiles.Variables(context.Value(set)), Prune = context.Has(prune), Rebuild = context.Has(rebuild),
                        KeepVolumes = context.Has(keep),
                    },
                    context.Cancellation).ConfigureAwait(false);
                document = document with { Apply = ApplyDocument.From(apply) };
            }

            context.View.One(document, PreviewView.Shape, shown => shown.Apply is { } apply ? ApplyView.Text(apply) : PreviewView.Text(shown));
            var isPending = document.Apply is { } found ? found.Changes.Count > 0 : preview.Situation != ClusterSituation.Finished;
            return context.Has(exitCode) && isPending ? ExitCode.ChangesPending : ExitCode.Done;
        })
        {
            name, plan, set, prune, rebuild, keep, exitCode,
        };
    }
}
