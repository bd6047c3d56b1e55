using System.Globalization;
using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class TaskView
{
    public static Shape<TaskDocument> Shape => new(ToolJson.Default.TaskDocument, task => task.Id,
    [
        new("id", task => task.Id),
        new("cluster", task => task.Cluster),
        new("step", task => task.Step),
        new("state", task => task.State),
        new("attempts", task => task.Attempts.ToString(CultureInfo.InvariantCulture)) { Right = true },
        new("took", task => task is { Started: { } from, Ended: { } to } ? Say.Span(to - from) : null) { Right = true },
        new("problem", task => task.Problem),
        new("started", task => task.Started is { } at ? Say.Time(at) : null) { Wide = true },
        new("ended", task => task.Ended is { } at ? Say.Time(at) : null) { Wide = true },
    ]);

    public static IEnumerable<string> Text(TaskDocument task) => Facts.Lines(
        ("task", task.Id), ("cluster", task.Cluster), ("step", task.Step), ("state", task.State),
        ("attempts", task.Attempts.ToString(CultureInfo.InvariantCulture)), ("started", task.Started is { } from ? Say.Time(from) : null),
        ("ended", task.Ended is { } to ? Say.Time(to) : null), ("problem", task.Problem));
}
