namespace LinodeClusterToolkit.Tasks;

/// <summary>How a step went in an ideal run.</summary>
/// <param name="Cause">The step whose end let it begin; itself where it came after nothing.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Waited">Longest wait of one of its calls for a window.</param>
/// <param name="Gate">What that call waited for; null where none did.</param>
internal readonly record struct PlayedStep(int Cause, TimeSpan Ended, TimeSpan Waited, CallGate? Gate);

/// <summary>Plays an ideal run moment by moment: at each, steps end and windows open, then the calls that may go are let in.</summary>
internal sealed class IdealRunPlayer
{
    private const int WindowOpens = -1;
    private readonly TaskGraph graph;
    private readonly TimeSpan[] work;
    private readonly int[] open;
    private readonly int[] callsMade;
    private readonly PlayedStep[] played;
    private readonly Dictionary<string, CallGate> gates;
    private readonly PriorityQueue<int, TimeSpan> moments = new();
    private readonly Queue<int> moving = new();
    private readonly HashSet<TimeSpan> openings = [];
    private TimeSpan now;

    public IdealRunPlayer(TaskGraph graph, IReadOnlyDictionary<string, CallLimit> limits, IReadOnlyDictionary<string, double>? seconds)
    {
        this.graph = graph;
        var count = graph.Steps.Count;
        (callsMade, played) = (new int[count], new PlayedStep[count]);
        open = [.. Enumerable.Range(0, count).Select(at => graph.After(at).Count)];
        work = [.. graph.Steps.Select(step =>
            TimeSpan.FromSeconds(seconds is not null && seconds.TryGetValue(step.Name, out var real) ? real : step.Cost.Seconds))];
        gates = graph.Steps.SelectMany(step => step.Cost.Calls).Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => new CallGate(name, limits.GetValueOrDefault(name)), StringComparer.Ordinal);
    }

    public IdealRun Play()
    {
        for (var at = 0; at < open.Length; at++)
        {
            if (open[at] == 0)
            {
                Begin(at, cause: at);
            }
        }

        Settle();
        while (moments.TryDequeue(out var step, out now))
        {
            Take(step);
            while (moments.TryPeek(out _, out var next) && next == now)
            {
                Take(moments.Dequeue());
            }

            Settle();
        }

        return IdealRunWords.Describe(graph, played, gates.Values);
    }

    private void Take(int step)
    {
        if (step != WindowOpens)
        {
            End(step);
        }
    }

    private void Begin(int step, int cause)
    {
        played[step] = new(cause, TimeSpan.Zero, TimeSpan.Zero, null);
        moving.Enqueue(step);
    }

    private void End(int step)
    {
        played[step] = played[step] with { Ended = now };
        foreach (var next in graph.Before(step))
        {
            if (--open[next] == 0)
            {
                Begin(next, cause: step);
            }
        }
    }

    /// <summary>Moves everything as far as it can go at this moment.</summary>
    private void Settle()
    {
        do
        {
            while (moving.TryDequeue(out var step))
            {
                Move(step);
            }
        }
        while (LetCallsIn());

        foreach (var gate in gates.Values)
        {
            if (gate.Reopens(now) is { } opens && openings.Add(opens))
            {
                moments.Enqueue(WindowOpens, opens);
            }
        }
    }

    private void Move(int step)
    {
        var calls = graph.Steps[step].Cost.Calls;
        if (callsMade[step] < calls.Count)
        {
            gates[calls[callsMade[step]]].Queue(step, graph.RemainingSeconds(step), now);
        }
        else if (work[step] > TimeSpan.Zero)
        {
            moments.Enqueue(step, now + work[step]);
        }
        else
        {
            End(step);
        }
    }

    private bool LetCallsIn()
    {
        foreach (var gate in gates.Values)
        {
            while (gate.TryLetIn(now, out var step, out var waited))
            {
                callsMade[step]++;
                moving.Enqueue(step);
                if (waited > played[step].Waited)
                {
                    played[step] = played[step] with { Waited = waited, Gate = gate };
                }
            }
        }

        return moving.Count > 0;
    }
}
