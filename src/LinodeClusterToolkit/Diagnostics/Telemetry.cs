using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LinodeClusterToolkit.Diagnostics;

/// <summary>Under which name the toolkit tells what it does: activities for traces, and metrics. It costs nothing where nobody listens.</summary>
/// <remarks>
/// OpenTelemetry takes both by this name. Metrics have no name of a customer, a cluster or a node in them, and nothing has a secret in it.
/// </remarks>
public static class Telemetry
{
    /// <summary>Name of the one activity source and of the one meter.</summary>
    public const string Name = "LinodeClusterToolkit";

    private static ObservableGauge<long>? gauge;
    private static Func<IReadOnlyDictionary<string, long>>? depths;

    /// <summary>Bounds of buckets for what takes from a tenth of a second to an hour.</summary>
    internal static InstrumentAdvice<double> Seconds { get; } =
        new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600] };

    internal static ActivitySource Source { get; } = new(Name, Version);

    internal static Meter Meter { get; } = MeterWithDepths();

    /// <summary>Whether anybody asks for depths of queues.</summary>
    internal static bool AreDepthsHeard => gauge?.Enabled == true;

    private static string? Version => typeof(Telemetry).Assembly.GetName().Version?.ToString(3);

    /// <summary>Has <c>lct.queue.depth</c> say how much work there is, by state; what is given must be at hand, as it is read by whoever collects.</summary>
    /// <returns>Ends it.</returns>
    internal static IDisposable ShowDepths(Func<IReadOnlyDictionary<string, long>> read)
    {
        // All workers of a process see the same queues: told once, by the last that came.
        Volatile.Write(ref depths, read);
        return new Shown(read);
    }

    private static Meter MeterWithDepths()
    {
        var meter = new Meter(Name, Version);
        gauge = meter.CreateObservableGauge("lct.queue.depth", Depths, "{item}", "Runs and steps handed to workers and not ended, by state.");
        return meter;
    }

    private static IEnumerable<Measurement<long>> Depths() => (Volatile.Read(ref depths)?.Invoke() ?? new Dictionary<string, long>())
        .Select(pair => new Measurement<long>(pair.Value, new KeyValuePair<string, object?>("lct.queue.state", pair.Key)));

    private sealed class Shown(Func<IReadOnlyDictionary<string, long>> read) : IDisposable
    {
        public void Dispose() => Interlocked.CompareExchange(ref depths, null, read);
    }
}
