using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>One thing as lines of name and value; what is empty is left out.</summary>
internal static class Facts
{
    public static IEnumerable<string> Lines(params IReadOnlyList<(string Name, string? Value)> facts)
    {
        var told = facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).ToList();
        var width = told.Select(fact => fact.Name.Length).DefaultIfEmpty().Max();
        return told.Select(fact => $"{fact.Name.PadRight(width)}  {Say.Plain(fact.Value!)}");
    }
}
