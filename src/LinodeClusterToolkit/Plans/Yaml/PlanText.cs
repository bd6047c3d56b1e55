using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans.Yaml;

/// <summary>The text of a plan, able to say where something stands in it.</summary>
internal sealed class PlanText
{
    /// <summary>Where a line ends: the breaks of YAML 1.1, which is what the parser counts by.</summary>
    public const string LineBreaks = "\n\r\u0085\u2028\u2029";

    private const int WidestLineShown = 400;

    private readonly List<int> lineStarts = [0];

    public PlanText(PlanSource source)
    {
        Source = source;
        Text = source.Text.StartsWith('\uFEFF') ? source.Text[1..] : source.Text;
        for (var at = 0; at < Text.Length; at++)
        {
            if (LineBreaks.Contains(Text[at]) && !(Text[at] == '\r' && at + 1 < Text.Length && Text[at + 1] == '\n'))
            {
                lineStarts.Add(at + 1);
            }
        }
    }

    public PlanSource Source { get; }

    /// <summary>The text without a byte order mark.</summary>
    public string Text { get; }

    public PlanPlace Place(TextSpan span, string path) => At(span.Line, span.Column, path);

    /// <summary>The place of a character by its index.</summary>
    public PlanPlace PlaceOf(int index, string path)
    {
        var found = lineStarts.BinarySearch(index);
        var line = found >= 0 ? found : ~found - 1;
        return At(line + 1, index - lineStarts[line] + 1, path);
    }

    /// <summary>The place of a character of a scalar's value; the scalar's own where escapes blur that.</summary>
    public PlanPlace PlaceInside(PlanScalar scalar, int index, string path)
    {
        var raw = Text.AsSpan(scalar.Span.Start, scalar.Span.End - scalar.Span.Start);
        var mark = scalar.Value[index];
        var place = -1;
        for (var nth = scalar.Value.AsSpan(0, index + 1).Count(mark); nth > 0; nth--)
        {
            var next = raw[(place + 1)..].IndexOf(mark);
            if (next < 0)
            {
                return Place(scalar.Span, path);
            }

            place += next + 1;
        }

        return PlaceOf(scalar.Span.Start + place, path);
    }

    /// <summary>The first tab that a line is indented with, or null.</summary>
    public PlanPlace? FirstTabIndent()
    {
        var lines = lineStarts.Select(start => Text.AsSpan(start).IndexOfAnyExcept(' ') is var blanks and >= 0 ? start + blanks : start);
        return lines.Where(index => index < Text.Length && Text[index] == '\t').Select(index => PlaceOf(index, "")).FirstOrDefault();
    }

    public PlanPlace At(int line, int column, string path) =>
        new(new SourcePosition(Source.Name, line, column), path, Line(line) is { Length: <= WidestLineShown } shown ? shown : null);

    private string? Line(int line)
    {
        if (line < 1 || line > lineStarts.Count)
        {
            return null;
        }

        var end = line < lineStarts.Count ? lineStarts[line] : Text.Length;
        return Text[lineStarts[line - 1]..end].TrimEnd([.. LineBreaks]);
    }
}
