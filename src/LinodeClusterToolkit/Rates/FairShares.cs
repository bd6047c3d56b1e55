namespace LinodeClusterToolkit.Rates;

/// <summary>Divides free permits in turns between the runs that want some; within a run they go to whoever waits the longest.</summary>
/// <remarks>It is the same whoever asks, so that each process takes its own share and leaves the others theirs, without a word between them.</remarks>
internal static class FairShares
{
    /// <summary>How many of the free permits are for each want; what is left out gets none.</summary>
    /// <param name="free">Permits to divide.</param>
    /// <param name="wants">All wants that are believed.</param>
    /// <param name="held">How many permits each run holds already.</param>
    public static Dictionary<Want, int> Divide(int free, IReadOnlyCollection<Want> wants, IReadOnlyDictionary<string, int> held)
    {
        var shares = new Dictionary<Want, int>();
        var turns = new PriorityQueue<Line, (long Held, long Turn, TimeSpan Since)>(
            wants.Where(want => want.Waiting > 0).GroupBy(want => want.Run, StringComparer.Ordinal)
                .Select(run => new Line(run.Key, new(run.OrderBy(want => want.Since).ThenBy(want => want.Process, StringComparer.Ordinal))))
                .Select(line => (line, ((long)held.GetValueOrDefault(line.Run), TurnOf(wants, line.Run), line.Wants.Peek().Since))));
        for (; free > 0 && turns.TryDequeue(out var line, out var at); free--)
        {
            var first = line.Wants.Peek();
            var share = shares[first] = shares.GetValueOrDefault(first) + 1;
            if (share == first.Waiting)
            {
                line.Wants.Dequeue();
            }

            if (line.Wants.Count > 0)
            {
                turns.Enqueue(line, (at.Held + 1, at.Turn + 1, at.Since));
            }
        }

        return shares;
    }

    /// <summary>How many turns a run has had, as far as it counts.</summary>
    public static long TurnOf(IEnumerable<Want> wants, string run)
    {
        var (own, least) = (default(long?), default(long?));
        foreach (var want in wants)
        {
            own = want.Run == run ? Math.Max(want.Turn, own ?? 0) : own;
            least = Math.Min(want.Turn, least ?? want.Turn);
        }

        return own ?? least ?? 0;
    }

    private sealed record Line(string Run, Queue<Want> Wants);
}
