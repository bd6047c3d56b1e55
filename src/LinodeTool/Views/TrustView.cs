using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>The host keys of a node by their fingerprints: those known until now, and the one accepted.</summary>
internal sealed record TrustDocument(string Node, IReadOnlyList<string> Before, string Now);

internal static class TrustView
{
    public static Shape<TrustDocument> Shape => new(ToolJson.Default.TrustDocument, trust => trust.Node,
    [
        new("node", trust => trust.Node),
        new("before", trust => Known(trust)),
        new("now", trust => trust.Now),
    ]);

    public static IEnumerable<string> Text(TrustDocument trust) => Facts.Lines(("node", trust.Node), ("before", Known(trust)), ("now", trust.Now));

    private static string Known(TrustDocument trust) => trust.Before.Count == 0 ? "none" : string.Join(", ", trust.Before);
}
