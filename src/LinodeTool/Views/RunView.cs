using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class RunView
{
    public static Shape<RunDocument> Shape => new(ToolJson.Default.RunDocument, run => run.Run,
    [
        new("run", run => run.Run),
        new("cluster", run => run.Cluster),
        new("verb", run => run.Verb),
        new("outcome", run => run.Outcome),
        new("nodes", run => $"{run.NodesDone}/{run.Nodes}") { Right = true },
        new("took", run => Say.Span(TimeSpan.FromSeconds(run.ElapsedSeconds))) { Right = true },
        new("calls", run => $"{run.Calls}") { Right = true },
    ]);

    public static IEnumerable<string> Text(RunDocument run) =>
    [
        $"{Say.Plain(run.Cluster)}: {run.Verb} {run.Outcome}, {run.NodesDone} of {Say.Count(run.Nodes, "node")} (run {run.Run})",
        .. run.Remains.Select(one => $"remains: {one.Kind} {Say.Plain(one.Label)}{(one.Region is null ? "" : $" in {one.Region}")}, {Say.Money(one.CostMonthly)} a month"),
    ];
}
