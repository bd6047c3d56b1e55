using System.Text.Json;
using LinodeTool.Output;
using LinodeTool.Progress;

namespace LinodeTool.Views;

internal static class EventView
{
    public static Shape<EventDocument> Shape => new(ToolJson.Default.EventDocument, happened => happened.Type,
    [
        new("time", happened => Say.Time(happened.Ts)),
        new("run", happened => happened.Run),
        new("type", happened => happened.Type),
        new("subject", Subject),
        new("text", Words),
        new("region", happened => happened.Region) { Wide = true },
        new("group", happened => happened.Group) { Wide = true },
        new("seq", happened => happened.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Wide = true, Right = true },
    ]);

    public static string Json(EventDocument happened) => JsonSerializer.Serialize(happened, ToolJson.Default.EventDocument);

    public static string Line(EventDocument happened) =>
        $"{Say.Time(happened.Ts)}  {happened.Type,-14}  {Say.Plain(Subject(happened) ?? "")}  {Say.Plain(Words(happened) ?? "")}".TrimEnd();

    private static string? Subject(EventDocument happened) => happened.Task ?? happened.Node ?? happened.Cluster;

    private static string? Words(EventDocument happened) => happened.Error is { } error ? $"{error.Code} {error.What}"
        : happened.Summary is { } summary ? $"{summary.Outcome}, {summary.NodesDone}/{summary.Nodes} nodes"
        : happened.Text ?? happened.Tool;
}
