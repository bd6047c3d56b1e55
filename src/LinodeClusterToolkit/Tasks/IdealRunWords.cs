using System.Globalization;

namespace LinodeClusterToolkit.Tasks;

/// <summary>Finds the chain that sets the time of a played run, and says so in words.</summary>
internal static class IdealRunWords
{
    public static IdealRun Describe(TaskGraph graph, PlayedStep[] played, IReadOnlyCollection<CallGate> gates)
    {
        var calls = gates.ToDictionary(gate => gate.Name, gate => gate.Calls, StringComparer.Ordinal);
        if (played.Length == 0)
        {
            return new(TimeSpan.Zero, calls, [], "nothing to do");
        }

        var chain = ChainTo(LastOf(played), played);
        var time = played[chain[^1]].Ended;
        string[] names = [.. chain.Select(at => graph.Steps[at]).Where(IsWork).Select(step => step.Name)];
        return new(time, calls, names, Because(names, time, chain.Select(at => played[at])));
    }

    /// <summary>A length of time as people write it: <c>45s</c>, <c>1m05s</c>, <c>2h03m</c>.</summary>
    public static string Length(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero);
        return seconds switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m{seconds % 60:00}s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}h{seconds / 60 % 60:00}m"),
        };
    }

    private static bool IsWork(TaskStep step) => step.Cost.Seconds > 0 || step.Cost.Calls.Count > 0;

    private static int LastOf(PlayedStep[] played)
    {
        var last = 0;
        for (var at = 1; at < played.Length; at++)
        {
            last = played[at].Ended > played[last].Ended ? at : last;
        }

        return last;
    }

    private static List<int> ChainTo(int last, PlayedStep[] played)
    {
        var chain = new List<int> { last };
        while (played[chain[^1]].Cause is var cause && cause != chain[^1])
        {
            chain.Add(cause);
        }

        chain.Reverse();
        return chain;
    }

    private static string Because(string[] names, TimeSpan time, IEnumerable<PlayedStep> chain)
    {
        var work = names switch
        {
            [] => "milestones only",
            { Length: <= 4 } => string.Join(" → ", names),
            _ => $"{names[0]} → {names[1]} → … → {names[^1]}",
        };
        var wait = chain.MaxBy(step => step.Waited);
        return wait.Gate is { Limit: { } limit } gate
            ? string.Create(CultureInfo.InvariantCulture,
                $"{gate.Calls} {gate.Name} calls at {limit.Permits} per {Length(limit.Window)}: {Length(wait.Waited)}, ")
                + $"then {work}: {Length(time - wait.Waited)}"
            : $"{work}: {Length(time)}";
    }
}
