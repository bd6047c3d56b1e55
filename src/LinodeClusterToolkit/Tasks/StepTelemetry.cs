using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Tasks;

/// <summary>Tells of steps: how many are under way, and how long those of a kind take, whoever runs them.</summary>
internal static class StepTelemetry
{
    // The first words of the names of steps. Plans bring their own actions, whose names are no matter of a metric.
    private static readonly FrozenSet<string> Kinds = FrozenSet.Create(StringComparer.Ordinal,
        "add", "attach", "back", "balancer", "boot", "configure", "create", "delete", "disk", "drop", "firewall", "first", "forget", "make",
        "names", "ports", "provision", "reach", "ready", "record", "secure", "see", "start", "stop", "storage", "store", "switch", "users", "verify",
        "volume", "watchdog");

    private static readonly UpDownCounter<long> Active = Telemetry.Meter.CreateUpDownCounter<long>(
        "lct.steps.active", "{step}", "Steps under way in this process.");

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram(
        "lct.step.duration", "s", "Time from the beginning of a step to its end, tries and waits included.", null, Telemetry.Seconds);

    private static bool IsHeard => Active.Enabled || Duration.Enabled || Telemetry.Source.HasListeners();

    /// <summary>Has a step run and tells of it; API calls it makes are told as its parts.</summary>
    public static Task<StepEnd> RunAsync(TaskRun run, TaskStep step, Func<Task<StepEnd>> work) =>
        RunAsync(run.Id, step.Name, run.Time, work, end => (end.Outcome.State, end.Outcome.Problem));

    /// <summary>The same for whoever runs steps in another way.</summary>
    /// <param name="run">Id of the run.</param>
    /// <param name="step">Name of the step.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">Runs it.</param>
    /// <param name="judge">What it came to: null where it is another's by now, Waiting where it is to be tried again.</param>
    public static Task<T> RunAsync<T>(
        string run, string step, TimeProvider time, Func<Task<T>> work, Func<T, (StepState? State, Problem? Problem)> judge) =>
        IsHeard ? TellAsync(run, step, time, work, judge) : work();

    /// <summary>The kind of a step by its name: one of a few, and <c>action</c> for what a plan has done on its nodes.</summary>
    public static string KindOf(string name) => name.Split(' ', 3) is [var first, .. var more] && Kinds.Contains(first) && !IsNumber(more)
        ? first switch { "back" => "back_ends", "first" => "first_boot", _ => first }
        : "action";

    private static async Task<T> TellAsync<T>(
        string run, string step, TimeProvider time, Func<Task<T>> work, Func<T, (StepState? State, Problem? Problem)> judge)
    {
        var kind = KindOf(step);
        var tag = new KeyValuePair<string, object?>("lct.step.kind", kind);
        using var activity = Telemetry.Source.StartActivity($"step {kind}");
        activity?.SetTag("lct.run", run).SetTag("lct.step", step).SetTag(tag.Key, kind);
        var began = time.GetTimestamp();
        var (outcome, error) = ("broken", (string?)null);
        Active.Add(1, tag);
        try
        {
            var end = await work().ConfigureAwait(false);
            var (state, problem) = judge(end);
            (outcome, error) = (Word(state), problem?.Code);
            return end;
        }
        finally
        {
            Active.Add(-1, tag);
            Duration.Record(time.GetElapsedTime(began).TotalSeconds, tag, new("lct.outcome", outcome));
            activity?.SetTag("lct.outcome", outcome);
            if (outcome is "failed" or "broken")
            {
                // The code alone: what the text says may be about somebody's plan.
                activity?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error, error);
            }
        }
    }

    private static string Word(StepState? state) => state switch
    {
        null => "taken_over",
        StepState.Done => "done",
        StepState.Started => "interrupted",
        StepState.Waiting => "again",
        _ => state.Value.ToString().ToLowerInvariant(),
    };

    // "boot web-1" boots; "boot 2 warm up web-1" is the second action of the transition.
    private static bool IsNumber(string[] words) => words is [var second, _, ..] && second.All(char.IsAsciiDigit);
}
