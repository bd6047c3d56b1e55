using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tasks;

/// <summary>Turns steps that name each other into a graph of positions, or says all that is wrong with them.</summary>
internal sealed class TaskGraphBuilder
{
    private readonly TaskStep[] steps;
    private readonly Dictionary<string, int> named;
    private readonly HashSet<int>[] after;
    private readonly List<int>[] before;
    private readonly List<Problem> problems = [];

    public TaskGraphBuilder(IEnumerable<TaskStep> given)
    {
        steps = [.. given];
        named = new(steps.Length, StringComparer.Ordinal);
        after = [.. steps.Select(_ => new HashSet<int>())];
        before = [.. steps.Select(_ => new List<int>())];
    }

    public TaskGraph Build()
    {
        Name();
        Connect();
        CheckMinimums();
        ThrowIfWrong();
        return Numbered(Sorted());
    }

    private void Name()
    {
        for (var at = 0; at < steps.Length; at++)
        {
            if (!named.TryAdd(steps[at].Name, at))
            {
                problems.Add(TaskProblems.DuplicateName(steps[at].Name));
            }
        }
    }

    private void Connect()
    {
        for (var at = 0; at < steps.Length; at++)
        {
            foreach (var name in steps[at].After)
            {
                Connect(at, name, first => (first, at));
            }

            foreach (var name in steps[at].Before)
            {
                Connect(at, name, second => (at, second));
            }
        }
    }

    private void Connect(int at, string name, Func<int, (int First, int Second)> pair)
    {
        if (!named.TryGetValue(name, out var other))
        {
            problems.Add(TaskProblems.UnknownName(steps[at].Name, name, Hints.Nearest(name, named.Keys)));
            return;
        }

        var (first, second) = pair(other);
        if (after[second].Add(first))
        {
            before[first].Add(second);
        }
    }

    private void CheckMinimums()
    {
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at].AtLeast is { } least && (least < 0 || least > after[at].Count))
            {
                problems.Add(TaskProblems.ImpossibleMinimum(steps[at].Name, least, after[at].Count));
            }
        }
    }

    /// <summary>Always the earliest given step whose turn it may be, so that the order is the given one wherever it can be.</summary>
    private List<int> Sorted()
    {
        var open = after.Select(set => set.Count).ToArray();
        var ready = new PriorityQueue<int, int>();
        for (var at = 0; at < steps.Length; at++)
        {
            if (open[at] == 0)
            {
                ready.Enqueue(at, at);
            }
        }

        var order = new List<int>(steps.Length);
        while (ready.TryDequeue(out var at, out _))
        {
            order.Add(at);
            foreach (var next in before[at])
            {
                if (--open[next] == 0)
                {
                    ready.Enqueue(next, next);
                }
            }
        }

        if (order.Count < steps.Length)
        {
            problems.Add(TaskProblems.Cycle(CycleAmong(open)));
            ThrowIfWrong();
        }

        return order;
    }

    /// <summary>Whatever could not be sorted waits for something that could not be sorted: walk back until a step comes up again.</summary>
    private List<string> CycleAmong(int[] open)
    {
        var path = new List<int>();
        var seen = new HashSet<int>();
        var at = Array.FindIndex(open, count => count > 0);
        while (seen.Add(at))
        {
            path.Add(at);
            at = after[at].Where(first => open[first] > 0).Min();
        }

        var cycle = path[path.IndexOf(at)..];
        cycle.Reverse();
        return [.. cycle.Append(cycle[0]).Select(position => steps[position].Name)];
    }

    private TaskGraph Numbered(List<int> order)
    {
        var position = new int[steps.Length];
        for (var at = 0; at < order.Count; at++)
        {
            position[order[at]] = at;
        }

        int[] Positions(IEnumerable<int> given) => [.. given.Select(at => position[at]).Order()];
        return new TaskGraph(
            [.. order.Select(at => steps[at])],
            [.. order.Select(at => Positions(after[at]))],
            [.. order.Select(at => Positions(before[at]))]);
    }

    private void ThrowIfWrong()
    {
        if (problems.Count > 0)
        {
            throw new LinodeToolkitException(problems);
        }
    }
}
