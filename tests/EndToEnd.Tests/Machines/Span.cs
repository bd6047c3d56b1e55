using System.Globalization;

namespace EndToEnd.Tests.Machines;

/// <summary>An action on a node at a transition: what did it, and when, in nanoseconds of the clock that all hosts share.</summary>
internal sealed record Span(string Node, string At, string By, long Begin, long End)
{
    /// <summary>Beginnings with the ends that follow them.</summary>
    public static IEnumerable<Span> Read(string node, IEnumerable<string> lines)
    {
        var marks = lines.Select(line => line.Split(' ')).Where(words => words.Length == 5 && words[4] is "begin" or "end").ToList();
        foreach (var (number, begin) in marks.Index().Where(mark => mark.Item[4] == "begin"))
        {
            var end = marks.Skip(number).First(mark => mark[4] == "end" && mark[1] == begin[1] && mark[2] == begin[2]);
            Assert.Equal(node, begin[3]);
            yield return new Span(node, begin[1], begin[2], Number(begin[0]), Number(end[0]));
        }

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>The last of the first has ended before the next begins.</summary>
    public static void Comes(IEnumerable<Span> first, IEnumerable<Span> then)
    {
        var (last, next) = (first.MaxBy(span => span.End)!, then.MinBy(span => span.Begin)!);
        Assert.True(last.End < next.Begin, $"{last} {next}");
    }

    /// <summary>They are these, by transition and technology, and each begins after the one before has ended.</summary>
    public static void InOrder(string expected, IReadOnlyList<Span> spans)
    {
        var ordered = spans.OrderBy(span => span.Begin).ToList();
        Assert.Equal(expected, string.Join(", ", ordered.Select(span => $"{span.At} {span.By}")));
        Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Begin, $"{pair.First} {pair.Second}"));
    }
}
