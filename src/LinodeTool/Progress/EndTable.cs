using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Output;

namespace LinodeTool.Progress;

/// <summary>What stays on the screen of a run: the table once, totals, cost.</summary>
internal static class EndTable
{
    private const int MostNamed = 8;

    public static void Write(TextWriter writer, RunModel model, int width, Ink ink, DateTimeOffset now)
    {
        var end = model is { Summary: { } ended, Started: { } from } ? from + ended.Elapsed : now;
        foreach (var line in Layout.Final(model, Math.Max(40, width), end))
        {
            writer.WriteLine(line);
        }

        if (model.Summary is { } summary)
        {
            writer.WriteLine(Totals(summary, ink));
        }
    }

    public static string Totals(RunSummary summary, Ink ink)
    {
        var word = summary.Outcome switch
        {
            "done" => ink.Green("done"),
            "failed" => ink.Red("failed"),
            _ => ink.Yellow(summary.Outcome),
        };
        var bound = summary is { Outcome: "done", LeastTime: { TotalSeconds: > 0 } promised }
            ? FormattableString.Invariant($" ({summary.Elapsed / promised:0.00} × the bound {Say.Span(promised)}{Measured(summary)})")
            : "";
        var cost = summary.HourlyCost > 0 ? $" · {Say.Hourly(summary.HourlyCost)}" : "";
        return $"{summary.Cluster}: {summary.Verb} {word}, {summary.NodesDone}/{summary.Nodes} nodes in {Say.Span(summary.Elapsed)}{bound}\n" +
            $"API {summary.Calls} calls, {summary.RateWaits} waited for the rate limit{cost}";
    }

    /// <summary>What the tool added to what the cloud really took in this run.</summary>
    private static string Measured(RunSummary summary) => summary.CloudTime is { TotalSeconds: > 0 } cloud
        ? FormattableString.Invariant($", {summary.Elapsed / cloud:0.00} × with the times the cloud took")
        : "";

    /// <summary>Why the run did not get there: first each cause, then what it means and how to go on.</summary>
    public static IReadOnlyList<Problem> Problems(RunSummary summary, string again)
    {
        var stands = summary.RolledBack ?? summary;
        var attempts = summary.Failures.Select(failure => failure.Attempts).DefaultIfEmpty().Max();
        var cost = stands.HourlyCost > 0 ? $"      (what stands costs {Say.Hourly(stands.HourlyCost)} meanwhile)" : "";
        return
        [
            .. Causes(summary),
            .. summary.RolledBack is { Outcome: not "done" } undo ? Causes(undo) : [],
            new Problem("LCT6001",
                $"{summary.NodesDone} of {Say.Count(summary.Nodes, "node")} {Were(summary)} {Goal.Said(summary.Verb)}, " +
                $"{Say.Count(summary.Failures.Count, "step")} failed{(attempts > 1 ? $" after up to {attempts} attempts" : "")}; {Undone(summary)}",
                Where: $"cluster {summary.Cluster}, run {summary.Run}",
                Why: stands.Remains.Count > 0 ? Left(stands) : stands.KeysKept.Count > 0 ? Kept(stands) : null,
                Fix:
                [
                    .. Restored(stands), $"remove the cause, then: {again}{cost}",
                    $"linodetool task list --run {(stands.Outcome == "done" ? summary : stands).Run} --state failed",
                ]) { Retryable = true },
        ];
    }

    private static string Left(RunSummary summary) =>
        $"{Say.Count(summary.Remains.Count, "thing")} {(summary.Remains.Count == 1 ? "remains" : "remain")}, "
        + $"{Say.Money(summary.Remains.Sum(one => one.Monthly))} a month: "
        + string.Join(", ", summary.Remains.Take(MostNamed).Select(one => $"{one.Kind} {Say.Plain(one.Label)}"))
        + (summary.Remains.Count > MostNamed ? $" and {summary.Remains.Count - MostNamed} more" : "");

    private static string Kept(RunSummary summary) => "the old key still opens "
        + string.Join(", ", summary.KeysKept.Take(MostNamed).Select(Say.Plain))
        + (summary.KeysKept.Count > MostNamed ? $" and {summary.KeysKept.Count - MostNamed} more" : "");

    private static IEnumerable<string> Restored(RunSummary summary) => summary.Failures.Any(failure => failure.Problem.Code == "LCT6103")
        ? [$"have what was cancelled run after all: linodetool task retry ID, by linodetool task list --run {summary.Run} --state cancelled"]
        : [];

    private static string Were(RunSummary summary) => (summary.RolledBack, summary.NodesDone) switch
    {
        (null, 1) => "is",
        (null, _) => "are",
        (_, 1) => "was",
        _ => "were",
    };

    // A barrier that too few got to only repeats what the steps before it say.
    private static IEnumerable<Problem> Causes(RunSummary summary)
    {
        var own = summary.Failures.Where(failure => failure.Problem.Code != "LCT6101").ToList();
        return (own.Count > 0 ? own : summary.Failures).Select(failure => failure.Problem with { Where = failure.Step, Position = null, Path = null });
    }

    // What was there before the run is not taken back: a roll-back that left nothing has nothing that costs.
    private static string Undone(RunSummary summary) => summary.RolledBack switch
    {
        null => "nothing was rolled back",
        { Outcome: "done" } undo => $"rolled back (run {undo.Run}): what this run made is deleted, " +
            (undo.HourlyCost > 0 ? "what stood before stands" : "nothing of it is left"),
        var undo => $"and rolling back (run {undo.Run}) failed as well: {undo.NodesDone} of {Say.Count(undo.Nodes, "node")} " +
            $"{(undo.NodesDone == 1 ? "is" : "are")} deleted, the rest remains",
    };
}
