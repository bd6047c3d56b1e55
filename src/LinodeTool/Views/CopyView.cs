using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>What a copy to or from one node came to.</summary>
internal sealed record CopyDocument(string Node, string From, string To, long Ms, bool Recorded, ErrorBody? Error);

internal static class CopyView
{
    public static Shape<CopyDocument> Shape => new(ToolJson.Default.CopyDocument, copy => copy.Node,
    [
        new("node", copy => copy.Node),
        new("from", copy => copy.From),
        new("to", copy => copy.To),
        new("ms", copy => FormattableString.Invariant($"{copy.Ms}")) { Right = true },
        new("error", copy => copy.Error is { } error ? $"{error.Code} {error.What}" : null),
    ]);
}
