using System.Text.Json;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>Who works on a cluster, in words.</summary>
internal static class WorkView
{
    public static string Text(WorkDocument work) =>
        $"{work.Verb} since {Say.Time(work.Since)}, by process {work.Process} on {Say.Plain(work.Machine)}{(work.Stopping ? ", asked to stop" : "")}";
}

internal static class RunStateView
{
    public static Shape<RunStateDocument> Shape => new(ToolJson.Default.RunStateDocument, run => run.Cluster,
    [
        new("run", run => run.Run),
        new("cluster", run => run.Cluster),
        new("verb", run => run.Verb),
        new("state", run => run.State),
        new("started", run => run.Started is { } at ? Say.Time(at) : null),
        new("ended", run => run.Ended is { } at ? Say.Time(at) : null),
        new("work", run => run.Work is { } work ? WorkView.Text(work) : null) { Wide = true },
    ]);

    public static IEnumerable<string> Text(RunStateDocument run) =>
        [$"{Say.Plain(run.Cluster)}: {run.Verb} {run.State}{(run.Run is { } id ? $" (run {id})" : "")}"];
}

internal static class StepLogView
{
    public static Shape<StepLogDocument> Shape => new(ToolJson.Default.StepLogDocument, entry => entry.Text,
    [
        new("time", entry => Say.Time(entry.Ts)),
        new("source", entry => entry.Source),
        new("text", entry => entry.Text),
    ]);

    public static string Json(StepLogDocument entry) => JsonSerializer.Serialize(entry, ToolJson.Default.StepLogDocument);

    public static IEnumerable<string> Text(StepLogDocument entry) =>
        [$"{Say.Time(entry.Ts)}  {Say.Plain(entry.Text)}", .. entry.Lines.Select(line => "  " + Say.Plain(line))];
}
