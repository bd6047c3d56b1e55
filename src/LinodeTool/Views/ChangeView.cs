using System.Text.Json;
using LinodeClusterToolkit.Inventory;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>A change of state; no node where it is the cluster itself that changed.</summary>
internal sealed record ChangeDocument(long Number, DateTimeOffset At, string Label, string? Node, string Aspect, string? From, string To)
{
    public static ChangeDocument Of(StateChange change) => new(
        change.Number, change.At, change.Label, change.NodeKey, change.Aspect.ToString().ToLowerInvariant(), change.From?.ToLowerInvariant(),
        change.To.ToLowerInvariant());
}

internal static class ChangeView
{
    public static Shape<ChangeDocument> Shape => new(ToolJson.Default.ChangeDocument, change => change.Label,
    [
        new("time", change => Say.Time(change.At)),
        new("label", change => change.Label),
        new("aspect", change => change.Aspect),
        new("from", change => change.From),
        new("to", change => change.To),
        new("node", change => change.Node) { Wide = true },
        new("number", change => change.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Wide = true, Right = true },
    ]);

    /// <summary>One on a line of JSON, as it comes.</summary>
    public static string Json(ChangeDocument change) => JsonSerializer.Serialize(change, ToolJson.Default.ChangeDocument);

    /// <summary>One on a line of text.</summary>
    public static string Line(ChangeDocument change) =>
        $"{Say.Time(change.At)}  {Say.Plain(change.Label)}  {change.Aspect}: {change.From ?? "new"} -> {change.To}";
}
