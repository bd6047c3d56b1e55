using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Progress;

/// <summary>Lines with a time for logs: each group as it begins, moves and ends, each failure and retry, and a heartbeat while nothing else is said.</summary>
internal sealed class PlainView(TextWriter writer, TimeProvider time) : IProgressView
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GroupPace = TimeSpan.FromSeconds(5);
    private readonly Dictionary<GroupProgress, (int Seen, DateTimeOffset At)> said = [];
    private DateTimeOffset? spoken;

    public void Take(RunEvent happened, RunModel model)
    {
        switch (happened)
        {
            case { Type: RunEventTypes.RunStarted }:
                Line(happened.At, $"{model.Cluster} run {model.Run}: {model.Verb} of {Output.Say.Count(model.Total, "node")} begins" +
                    (model.LeastTime is { } least ? $", bound {Output.Say.Span(least)}" : ""));
                break;
            case { Type: RunEventTypes.TaskRetrying }:
                Line(happened.At, $"retry {happened.Attempt} of {happened.Task}{(happened.Error is { } cause ? $": {cause.What}" : "")}");
                break;
            case { Type: RunEventTypes.TaskFailed, Error: { } problem }:
                Line(happened.At, $"failed {happened.Task}: {problem}");
                break;
            case { Type: RunEventTypes.Note, Text: { } text }:
                Line(happened.At, text);
                break;
            case { Type: RunEventTypes.ClusterState, Text: { } state }:
                Line(happened.At, $"{model.Cluster} is {state}");
                break;
        }

        foreach (var group in model.Groups.Where(group => group.Region == happened.Region && group.Group == happened.Group))
        {
            Move(group, happened.At);
        }
    }

    public void Say(string line) => Line(time.GetUtcNow(), line);

    public void Tick(RunModel model)
    {
        var now = time.GetUtcNow();
        if (model.Started is not null && spoken is { } last && now - last >= Heartbeat)
        {
            Line(now, $"{model.Cluster} run {model.Run}: {model.Ready}/{model.Total} {Goal.Of(model.Verb)}, {model.Count(Stage.Working)} working, " +
                $"{model.Count(Stage.Retrying)} retrying, {model.Count(Stage.Failed)} failed");
        }
    }

    public void End(RunModel model) => EndTable.Write(writer, model, int.MaxValue, Ink.None, time.GetUtcNow());

    /// <summary>A group speaks when it begins, when it is done, and in between no oftener than every few seconds.</summary>
    private void Move(GroupProgress group, DateTimeOffset at)
    {
        var count = group.Ready + group.Failed;
        var isNew = !said.TryGetValue(group, out var before);
        if (isNew ? group.IsBegun : count != before.Seen && (group.IsDone || at - before.At >= GroupPace))
        {
            said[group] = (count, at);
            Line(at, $"{group.Region}/{group.Group} {group.Ready}/{group.Total} {group.Goal}{(group.Failed > 0 ? $", {group.Failed} failed" : "")}");
        }
    }

    private void Line(DateTimeOffset at, string text)
    {
        spoken = time.GetUtcNow();
        writer.WriteLine($"{at.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture)} {Output.Say.Plain(text)}");
    }
}
