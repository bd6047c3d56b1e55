using System.Collections.Frozen;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tasks;

/// <summary>Steps in an order that respects what each comes after; a pure function of the steps, equal for equal input.</summary>
/// <remarks>A position counts from 0 in that order: nothing stands before what it comes after, else the given order is kept.</remarks>
internal sealed class TaskGraph
{
    private readonly int[][] after;
    private readonly int[][] before;
    private readonly double[] remaining;
    private readonly FrozenDictionary<string, int> positions;

    internal TaskGraph(IReadOnlyList<TaskStep> steps, int[][] after, int[][] before)
    {
        (Steps, this.after, this.before) = (steps, after, before);
        positions = Enumerable.Range(0, steps.Count).ToFrozenDictionary(at => steps[at].Name, StringComparer.Ordinal);
        remaining = RemainingSeconds(steps, before);
    }

    /// <summary>Every step, in order.</summary>
    public IReadOnlyList<TaskStep> Steps { get; }

    /// <summary>Merges what steps say about each other and puts them in order.</summary>
    /// <exception cref="LinodeToolkitException">A name is used twice or unknown, a minimum is out of reach, or steps wait for each other.</exception>
    public static TaskGraph Build(IEnumerable<TaskStep> steps) => new TaskGraphBuilder(steps).Build();

    /// <summary>Positions of the steps that must end before this one.</summary>
    public IReadOnlyList<int> After(int position) => after[position];

    /// <summary>Positions of the steps that wait for this one.</summary>
    public IReadOnlyList<int> Before(int position) => before[position];

    /// <summary>Seconds from the start of this step to the end of the longest chain that hangs on it, its own included: its priority.</summary>
    public double RemainingSeconds(int position) => remaining[position];

    /// <summary>Position of the step of that name, or null.</summary>
    public int? Find(string name) => positions.TryGetValue(name, out var position) ? position : null;

    private static double[] RemainingSeconds(IReadOnlyList<TaskStep> steps, int[][] before)
    {
        // A call is worth its usual round trip, so that of two equally long waits the one with more calls goes first.
        const double secondsPerCall = 0.3;
        var remaining = new double[steps.Count];
        for (var at = steps.Count - 1; at >= 0; at--)
        {
            var longest = 0.0;
            foreach (var next in before[at])
            {
                longest = Math.Max(longest, remaining[next]);
            }

            remaining[at] = longest + steps[at].Cost.Seconds + (secondsPerCall * steps[at].Cost.Calls.Count);
        }

        return remaining;
    }
}
