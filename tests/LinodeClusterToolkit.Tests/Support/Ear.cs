using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tests.Support;

/// <summary>Hears what the toolkit tells of the work of one test; other tests, which run at the same time, are not heard.</summary>
internal sealed class Ear : IDisposable
{
    private static readonly AsyncLocal<Ear?> Mine = new();
    private readonly ConcurrentQueue<string> metrics = new();
    private readonly ConcurrentQueue<Activity> activities = new();
    private readonly MeterListener meters = new();
    private readonly ActivityListener listener;

    public Ear()
    {
        Mine.Value = this;
        meters.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        meters.Start();
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ReferenceEquals(Mine.Value, this) ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Measurements in their order: name, value, values of tags.</summary>
    public IReadOnlyList<string> Metrics => [.. metrics];

    /// <summary>Activities in the order of their end.</summary>
    public IReadOnlyList<Activity> Activities => [.. activities.Where(one => one.IsAllDataRequested)];

    /// <summary>Has what can only be asked for told now.</summary>
    public void Collect() => meters.RecordObservableInstruments();

    public void Dispose()
    {
        meters.Dispose();
        listener.Dispose();
    }

    private void Hear<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : IFormattable
    {
        if (ReferenceEquals(Mine.Value, this))
        {
            metrics.Enqueue(string.Join(' ', [instrument.Name, value.ToString("0.###", CultureInfo.InvariantCulture), .. tags.ToArray().Select(tag => tag.Value)]));
        }
    }
}
