namespace LinodeClusterToolkit.Tasks;

/// <summary>A rate limit: so many calls in a window of fixed length, opened by the first call after the last window ended.</summary>
/// <param name="Permits">Calls in a window, from 1.</param>
/// <param name="Window">Length of the window.</param>
internal sealed record CallLimit(int Permits, TimeSpan Window);

/// <summary>A run in which nothing fails and nothing waits but for limits and the cloud.</summary>
/// <param name="Time">From the first call to the end of the last step.</param>
/// <param name="Calls">Calls by class.</param>
/// <param name="Chain">Steps of the chain that ends last, first to last.</param>
/// <param name="Because">What sets the time, in words.</param>
internal sealed record IdealRun(TimeSpan Time, IReadOnlyDictionary<string, int> Calls, IReadOnlyList<string> Chain, string Because)
{
    /// <summary>Calls in all.</summary>
    public int TotalCalls => Calls.Values.Sum();
}

/// <summary>How long a graph takes at least under rate limits; a pure function, so that it is known before the run.</summary>
/// <remarks>
/// Every step begins as soon as it may, makes its calls one after the other, then takes its time. Calls take no time themselves; those that wait
/// for a window are let in with the longest remaining path first.
/// </remarks>
internal static class LeastTimeModel
{
    /// <summary>Plays the ideal run.</summary>
    /// <param name="graph">The steps with their costs.</param>
    /// <param name="limits">Limits by class; a class that is not named has none.</param>
    /// <param name="seconds">What steps really took after their calls, by name; where one is missing its cost counts.</param>
    public static IdealRun Of(
        TaskGraph graph, IReadOnlyDictionary<string, CallLimit> limits, IReadOnlyDictionary<string, double>? seconds = null) =>
        new IdealRunPlayer(graph, limits, seconds).Play();
}
