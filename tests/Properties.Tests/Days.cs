using LinodeClusterToolkit.Clusters;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tests.EndToEnd;
using LinodeEmulator.Faults;

namespace Properties.Tests;

/// <summary>A bad day: a mixture of what users of the platform complain of lies over the whole run, is lifted when that has ended, and one retry follows.</summary>
internal static class Days
{
    public const string Word = "day ";
    private const string Cluster = "ha-wordpress";

    public static async Task<Verdict> PlayAsync(long day, string plan, Model model)
    {
        await using var world = new World(new() { Seed = day });
        await world.FaultAsync($"bad-day={day}");
        var wrong = new List<string>();
        var first = await EndAsync(world, () => world.CreateAsync(Cluster, plan));
        var named = await UnnamedAsync(world, first).ToListAsync();
        wrong.AddRange(named);
        var struck = (await world.StruckAsync()).Count(times => times > 0);
        await world.ClearFaultsAsync();

        var (ending, resumes) = (first.Said, 0);
        if (ending != "done")
        {
            resumes = 1;
            ending = (await EndAsync(world, () => world.RecoverAsync(Cluster, plan))).Said;
            wrong.AddRange(ending == "done" ? [] : [$"lifted and tried again, it is {ending}"]);
        }

        var view = await world.Toolkit.GetClusterAsync(Cluster);
        var lines = await Standing.OfAsync(world, view);
        var visited = BadDay.Of(day).Any(rule => rule.Effect == FaultEffect.Console);

        // What somebody does in the console once the run has ended is nothing that the run could know.
        wrong.AddRange(visited
            ? Standing.Apart(world, view).Where(line => line.EndsWith("an orphan", StringComparison.Ordinal) || line.Contains("twice", StringComparison.Ordinal))
            : model.Lines.Except(lines).Select(line => $"missing: {line}").Concat(lines.Except(model.Lines).Select(line => $"too much: {line}"))
                .Concat(Standing.Apart(world, view)));
        if (wrong.Count > 0)
        {
            wrong.Insert(0, $"under the day it had ended {first.Said}");
        }

        return new Verdict([.. wrong.Select(line => $"{string.Join(", ", BadDay.KindsOf(day))}: {line}")], struck, resumes);
    }

    /// <summary>Nodes that are not ready while nothing says why, and a run that ended as none may.</summary>
    private static async IAsyncEnumerable<string> UnnamedAsync(World world, (string Said, RunSummary? Summary) first)
    {
        if (first.Summary is null)
        {
            yield return first.Said;
            yield break;
        }

        if (first.Summary.Failures.FirstOrDefault(failure => failure.Problem.Family == 9) is { } bug)
        {
            yield return $"{bug}";
        }

        var steps = await world.Toolkit.ListStepsAsync(first.Summary.Run);
        foreach (var node in await world.NodesAsync(new NodeQuery(Cluster)))
        {
            var named = node.Failure is not null
                || steps.Any(step => step.Problem is not null && step.Step.Contains(node.Label, StringComparison.Ordinal));
            if (node.State != NodeState.Ready && (first.Said == "done" || !named))
            {
                yield return $"{node.Label} is {node.State}, and nothing says why";
            }
        }
    }

    private static async Task<(string Said, RunSummary? Summary)> EndAsync(World world, Func<Task<RunSummary>> run)
    {
        try
        {
            var summary = await world.Time.RunAsync(run);
            return (summary.Outcome == "done" ? "done" : $"{summary.Outcome}: {string.Join(" | ", summary.Failures.Take(5).Select(failure => $"{failure} {failure.Problem.Why}"))}", summary);
        }
        catch (LinodeToolkitException thrown)
        {
            return ($"not begun: {thrown.Problem} {thrown.Problem.Why}", null);
        }
    }
}
