using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeTool.Grammar;

namespace LinodeTool.Commands;

internal static class ClusterCreateCommand
{
    private static readonly Guide Guide = new(
        "To make a whole cluster in one go. Run again with the same plan it goes on where it stopped, or says that there is nothing to do. "
            + "A plan of plans (clusters:) makes several clusters, one after the other.",
        [
            "cluster create ha-wordpress ha-wordpress-plan.yaml",
            "--emulator cluster create ha-wordpress plans/ha-wordpress.yaml",
            "cluster create shop plan.yaml --set web_count=40 --dry-run",
            "cluster create shop plan.yaml --on-failure rollback",
        ],
        ["cluster plan", "cluster show", "cluster retry", "cluster resume", "cluster delete"])
    {
        ExitNotes =
            ["7: some steps failed; cluster retry goes on, or --on-failure rollback took back", "9: not agreed to, or above --max-monthly-cost"],
    };

    public static Verb Create()
    {
        var name = Words.Required("name", "Name of the cluster");
        var plan = Words.Required("plan", "Plan file; - for standard input");
        var variables = Words.Many("--set", "KEY=VALUE", "Value for a variable of the plan");
        var detach = Words.Flag("--detach", "Go on in the background, or by workers where a queue is set");
        var report = Words.Text("--report", "FILE", "Write a report of the run");
        var failure = Words.Text("--on-failure", "WHAT", "keep (go on with the rest), stop (start nothing new) or rollback (delete what was made)");
        return new Verb("create", "Create a cluster from a plan", Guide, async context =>
        {
            if (context.Value(report) is not null)
            {
                throw new LinodeToolkitException(UsageProblems.NotActedOn("--report", "events of the run: --events FILE"));
            }

            var onFailure = OnFailureOf(context.Value(failure));
            var source = PlanFiles.Read(context, context.Value(plan));
            await context.PrepareAsync().ConfigureAwait(false);
            var set = PlanSet.Read(source)?.OrThrow();
            var request = new CreateRequest(context.Value(name), source)
            {
                Set = PlanFiles.Variables(context.Value(variables)),
                OnFailure = onFailure,
            };
            if (set is not null)
            {
                return await ClusterSetRuns.CreateAsync(context, request.Cluster, source, set, request, context.Has(detach)).ConfigureAwait(false);
            }

            var preview = await context.Toolkit.PreviewAsync(request, context.Cancellation).ConfigureAwait(false);
            return await ClusterRuns.CreateAsync(context, preview, request, detach: context.Has(detach)).ConfigureAwait(false);
        })
        {
            name, plan, variables, detach, report, failure,
        };
    }

    private static OnFailure OnFailureOf(string? word) => word switch
    {
        null or "keep" => OnFailure.Keep,
        "stop" => OnFailure.Stop,
        "rollback" => OnFailure.RollBack,
        _ => throw new LinodeToolkitException(
            UsageProblems.BadValue("--on-failure", word, "keep, stop or rollback", ["keep", "stop", "rollback"])),
    };
}
