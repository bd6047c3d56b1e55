using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class PlanShowCommand
{
    private static readonly Guide Guide = new(
        "To see a plan in short: groups, balancers, what was mapped or assumed, and with --cost what it costs.",
        ["plan show ha-wordpress-plan.yaml", "plan show plan.yaml --cost", "plan show plan.yaml --cost -o json"],
        ["plan expand", "cluster plan"])
    {
        ExitNotes = ["3: something is wrong in the plan"],
    };

    public static Verb Create()
    {
        var file = Words.Required("file", "Plan file; - for standard input");
        var set = Words.Many("--set", "KEY=VALUE", "Value for a variable of the plan");
        var cost = Words.Flag("--cost", "Add what it costs, line by line");
        var graph = Words.Text("--graph", "FORMAT", "Draw it: svg, mermaid or dot");
        return new Verb("show", "Show a plan in short", Guide, async context =>
        {
            if (context.Value(graph) is not null)
            {
                throw new LinodeToolkitException(UsageProblems.NotActedOn("--graph", "linodetool plan expand FILE lists every node"));
            }

            var plan = await PlanFiles.ResolveAsync(context, context.Value(file), null, context.Value(set)).ConfigureAwait(false);
            PlanCost? price = context.Has(cost) ? await context.Toolkit.GetCostAsync(plan, context.Cancellation).ConfigureAwait(false) : null;
            context.View.One(PlanDocument.From(plan, price), PlanView.Plan, PlanView.Text);
            return ExitCode.Done;
        })
        {
            file, set, cost, graph,
        };
    }
}
