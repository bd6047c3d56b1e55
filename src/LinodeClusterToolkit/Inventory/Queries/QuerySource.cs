using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>The text of a query, and where in it something stands.</summary>
internal sealed record QuerySource(string Text)
{
    private const string Name = "query";

    public Problem Place(Problem problem, int at)
    {
        var start = at == 0 ? 0 : Text.LastIndexOf('\n', at - 1) + 1;
        var end = Text.IndexOf('\n', at) is >= 0 and var newline ? newline : Text.Length;
        return problem with
        {
            Position = new(Name, Text.AsSpan(0, start).Count('\n') + 1, at - start + 1), SourceLine = Text[start..end].TrimEnd('\r'),
        };
    }
}
