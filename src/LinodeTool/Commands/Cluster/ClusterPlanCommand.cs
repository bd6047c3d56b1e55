using LinodeClusterToolkit.Clusters;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ClusterPlanCommand
{
    private static readonly Guide Guide = new(
        "To see what cluster create would do, what it costs and how long it takes when nothing fails, without changing anything.",
        ["cluster plan ha-wordpress ha-wordpress-plan.yaml", "cluster plan shop plan.yaml --exit-code -o json"],
        ["cluster create", "plan show", "plan expand"])
    {
        ExitNotes = ["10: with --exit-code, there is something to do"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var plan = Words.Required("plan", "Plan file; - for standard input");
        var set = Words.Many("--set", "KEY=VALUE", "Value for a variable of the plan");
        var exitCode = Words.Flag("--exit-code", "Return 10 where there is something to do");
        return new Verb("plan", "Show what a plan would change", Guide, async context =>
        {
            var source = PlanFiles.Read(context, context.Value(plan));
            await context.PrepareAsync().ConfigureAwait(false);
            var preview = await context.Toolkit.PreviewAsync(
                new CreateRequest(context.Value(name), source) { Set = PlanFiles.Variables(context.Value(set)) },
                context.Cancellation).ConfigureAwait(false);
            context.Messages.Warn(preview.Warnings);
            context.View.One(PreviewDocument.From(preview), PreviewView.Shape, PreviewView.Text);
            return context.Has(exitCode) && preview.Situation != ClusterSituation.Finished ? ExitCode.ChangesPending : ExitCode.Done;
        })
        {
            name, plan, set, exitCode,
        };
    }
}
