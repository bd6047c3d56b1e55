using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Formatting;

/// <summary>The comments of a text, given out in order as the printer passes their places.</summary>
internal sealed class PlanComments
{
    private readonly string text;
    private readonly Queue<(int Index, string Text)> waiting;

    public PlanComments(PlanText source, PlanNode root)
    {
        text = source.Text;
        waiting = new(Find(text, Spans(root).OrderBy(span => span.Start).ToArray()));
    }

    /// <summary>The comments that stand before an index, with theirs.</summary>
    public IEnumerable<(int Index, string Text)> Before(int index)
    {
        while (waiting.TryPeek(out var next) && next.Index < index)
        {
            yield return waiting.Dequeue();
        }
    }

    /// <summary>The comment behind an index on its line, or null.</summary>
    public string? Behind(int index) =>
        waiting.TryPeek(out var next) && next.Index >= index && !text.AsSpan(index, next.Index - index).ContainsAny(PlanText.LineBreaks)
            ? waiting.Dequeue().Text
            : null;

    /// <summary>Whether a comment stands between two places.</summary>
    public bool AnyBetween(int start, int end) => waiting.Any(comment => comment.Index >= start && comment.Index < end);

    /// <summary>Whether the line before the one at an index is blank.</summary>
    public bool IsAfterBlankLine(int index)
    {
        var start = text.LastIndexOf('\n', Math.Max(0, index - 1), Math.Max(0, index));
        return start > 0 && text.LastIndexOf('\n', start - 1) is var before && text.AsSpan(before + 1, start - before - 1).IsWhiteSpace();
    }

    /// <summary>A # begins a comment at the start of a line or after a blank, where it is in no value.</summary>
    private static IEnumerable<(int Index, string Text)> Find(string text, IReadOnlyList<TextSpan> scalars)
    {
        var (at, scalar) = (0, 0);
        while ((at = text.IndexOf('#', at)) >= 0)
        {
            while (scalar < scalars.Count && scalars[scalar].End <= at)
            {
                scalar++;
            }

            if (scalar < scalars.Count && scalars[scalar].Start <= at)
            {
                at = scalars[scalar].End;
            }
            else if (at == 0 || char.IsWhiteSpace(text[at - 1]))
            {
                var end = text.AsSpan(at).IndexOfAny(PlanText.LineBreaks) is var length and >= 0 ? at + length : text.Length;
                yield return (at, text[at..end].TrimEnd());
                at = end;
            }
            else
            {
                at++;
            }
        }
    }

    private static IEnumerable<TextSpan> Spans(PlanNode node) => node switch
    {
        PlanMap map => map.Entries.SelectMany(entry => Spans(entry.Value).Prepend(entry.Key.Span)),
        PlanList list => list.Items.SelectMany(Spans),
        _ => [node.Span],
    };
}
