using System.Diagnostics;
using System.Diagnostics.Metrics;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Tells of runs: how many are at work, how they ended, how long they took.</summary>
internal static class RunTelemetry
{
    private static readonly UpDownCounter<long> Active = Telemetry.Meter.CreateUpDownCounter<long>(
        "lct.runs.active", "{run}", "Runs this process conducts.");

    private static readonly Counter<long> Ended = Telemetry.Meter.CreateCounter<long>("lct.runs.ended", "{run}", "Runs that ended, by verb and outcome.");

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram(
        "lct.run.duration", "s", "Time from the beginning of a run, or from going on with it, to its end.", null, Telemetry.Seconds);

    private static bool IsHeard => Active.Enabled || Ended.Enabled || Duration.Enabled || Telemetry.Source.HasListeners();

    /// <summary>Has a run happen and tells of it; its steps are told as its parts where they run in this process.</summary>
    public static Task<RunSummary> RunAsync(RunRecord run, TimeProvider time, Func<Task<RunSummary>> work) =>
        IsHeard ? TellAsync(run, time, work) : work();

    private static async Task<RunSummary> TellAsync(RunRecord run, TimeProvider time, Func<Task<RunSummary>> work)
    {
        var verb = new KeyValuePair<string, object?>("lct.verb", run.Verb);
        using var activity = Telemetry.Source.StartActivity($"run {run.Verb}");
        activity?.SetTag("lct.run", run.Id).SetTag("lct.cluster.id", run.ClusterId).SetTag(verb.Key, run.Verb);
        var began = time.GetTimestamp();
        var outcome = "broken"; // left before its end, by whatever means; another may go on with it
        Active.Add(1, verb);
        try
        {
            var summary = await work().ConfigureAwait(false);
            outcome = summary.Outcome;
            return summary;
        }
        finally
        {
            var ended = new KeyValuePair<string, object?>("lct.outcome", outcome);
            Active.Add(-1, verb);
            Ended.Add(1, verb, ended);
            Duration.Record(time.GetElapsedTime(began).TotalSeconds, verb, ended);
            activity?.SetTag(ended.Key, outcome).SetStatus(outcome is "failed" or "broken" ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }
    }
}
