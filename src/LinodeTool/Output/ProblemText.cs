using LinodeClusterToolkit.Diagnostics;

namespace LinodeTool.Output;

/// <summary>Problems as people read them: what, where, why, fix; identical causes folded into one block, the most important last.</summary>
internal static class ProblemText
{
    private const int MostPlaces = 5;

    public static IEnumerable<string> Lines(IReadOnlyList<Problem> problems, Ink ink)
    {
        var blocks = problems.GroupBy(problem =>
            (problem.Severity, problem.Code, problem.What, problem.Why, Fixes: string.Join('\n', problem.Fixes)));
        return blocks.SelectMany(block => Block([.. block], ink));
    }

    private static IEnumerable<string> Block(IReadOnlyList<Problem> same, Ink ink)
    {
        var problem = same[0];
        var word = problem.Severity == Severity.Warning ? ink.Yellow("warning") : ink.Red("error");
        yield return $"{word} {problem.Code}: {Say.Plain(problem.What)}";
        foreach (var line in same.Count == 1 ? Place(problem) : Places(same))
        {
            yield return line;
        }

        if (problem.Why is { } why)
        {
            yield return $"  why:   {Say.Plain(why)}{(problem.RequestId is { } id ? $", request {Say.Plain(id)}" : "")}";
        }
        else if (problem.RequestId is { } request)
        {
            yield return $"  why:   request {Say.Plain(request)}";
        }

        var lead = "  fix:   ";
        foreach (var fix in problem.Fixes)
        {
            yield return lead + Say.Plain(fix);
            lead = "         ";
        }
    }

    private static IEnumerable<string> Place(Problem problem)
    {
        var words = new[] { problem.Position?.ToString(), problem.Path, problem.Where }.OfType<string>().ToList();
        if (words.Count > 0)
        {
            yield return $"  where: {Say.Plain(string.Join("  ", words))}";
        }

        if (problem is { Position: { } at, SourceLine: { } source })
        {
            var number = FormattableString.Invariant($"{at.Line}");
            var (line, column) = Window(source, at.Column);
            yield return $"         {number} | {line}";
            yield return $"         {new string(' ', number.Length)} | {new string(' ', column - 1)}^";
        }
    }

    /// <summary>A line of source short enough for a screen, with the column that is meant inside it.</summary>
    private static (string Line, int Column) Window(string source, int column)
    {
        const int most = 100;
        var line = Say.Plain(source.Replace('\t', ' '));
        var at = Math.Clamp(column, 1, line.Length + 1);
        var from = Math.Max(0, at - most + 20);
        return (line.Length - from > most ? line.Substring(from, most) : line[from..], at - from);
    }

    private static IEnumerable<string> Places(IReadOnlyList<Problem> same)
    {
        var places = same.Select(problem => problem.Position is { } at ? $"{at}  {problem.Path}".TrimEnd() : problem.Where ?? problem.Path ?? "")
            .Where(place => place.Length > 0).Distinct().ToList();
        return places.Count == 0
            ? []
            : places.Take(MostPlaces).Select((place, i) => $"  {(i == 0 ? "where:" : "      ")} {Say.Plain(place)}")
                .Concat(places.Count > MostPlaces ? [$"         and {places.Count - MostPlaces} more"] : []);
    }
}
