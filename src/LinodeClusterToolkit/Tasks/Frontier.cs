namespace LinodeClusterToolkit.Tasks;

/// <summary>What the end of one step decides about another.</summary>
internal enum Verdict
{
    /// <summary>It may begin.</summary>
    Ready,

    /// <summary>Something it needs failed.</summary>
    Skipped,

    /// <summary>Too few of the steps it comes after ended well.</summary>
    BelowMinimum,
}

/// <summary>A decision about a step.</summary>
/// <param name="Position">The step.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Cause">For a skipped one, the failed step at the root of it; else the step itself.</param>
internal readonly record struct Decision(int Position, Verdict Verdict, int Cause);

/// <summary>The line between what has ended and what has not: each end is told once and decides about the steps behind it.</summary>
internal sealed class Frontier
{
    private readonly TaskGraph graph;
    private readonly int[] open;
    private readonly int[] well;
    private readonly int[] cause;
    private readonly bool[] decided;
    private readonly bool[] endedWell;
    private readonly bool[] fell;
    private readonly bool[] hasFelled;

    public Frontier(TaskGraph graph)
    {
        var count = graph.Steps.Count;
        (this.graph, well, cause) = (graph, new int[count], new int[count]);
        (decided, endedWell, fell, hasFelled) = (new bool[count], new bool[count], new bool[count], new bool[count]);
        open = [.. Enumerable.Range(0, count).Select(at => graph.After(at).Count)];
    }

    /// <summary>How many of the steps it comes after ended well so far.</summary>
    public int Well(int position) => well[position];

    /// <summary>Decides about the steps that come after nothing.</summary>
    public void Open(Queue<Decision> decisions)
    {
        for (var at = 0; at < open.Length; at++)
        {
            if (open[at] == 0)
            {
                Decide(at, Verdict.Ready, at, decisions);
            }
        }
    }

    /// <summary>Takes note of an end; a step without minimum is skipped as soon as one it needs did not end well.</summary>
    public void End(int position, bool isWell, Queue<Decision> decisions)
    {
        endedWell[position] = isWell;
        foreach (var next in graph.Before(position))
        {
            open[next]--;
            well[next] += isWell ? 1 : 0;
            if (decided[next])
            {
                continue;
            }

            var least = graph.Steps[next].AtLeast;
            if (least is null && !isWell)
            {
                Decide(next, Verdict.Skipped, cause[position], decisions);
            }
            else if (open[next] == 0)
            {
                DecideLast(next, well[next] < least, decisions);
            }
        }
    }

    /// <summary>What falls short for nothing but what has felled a barrier before, or is one, is skipped for that: it is told once.</summary>
    private void DecideLast(int position, bool isBelow, Queue<Decision> decisions)
    {
        if (!isBelow)
        {
            Decide(position, Verdict.Ready, position, decisions);
            return;
        }

        var roots = graph.After(position).Where(first => !endedWell[first]).Select(first => cause[first]).Distinct().ToList();
        if (roots.Any(root => fell[root]) || roots.All(root => hasFelled[root]))
        {
            Decide(position, Verdict.Skipped, roots.Find(root => fell[root] || hasFelled[root]), decisions);
            return;
        }

        roots.ForEach(root => hasFelled[root] = true);
        fell[position] = true;
        Decide(position, Verdict.BelowMinimum, position, decisions);
    }

    private void Decide(int position, Verdict verdict, int root, Queue<Decision> decisions)
    {
        (decided[position], cause[position]) = (true, root);
        decisions.Enqueue(new(position, verdict, root));
    }
}
