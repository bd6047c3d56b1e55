using LinodeClusterToolkit.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LinodeClusterToolkit.Plans.Yaml;

/// <summary>The events of the YAML parser, one at a time; whatever the parser throws becomes a problem with a place.</summary>
internal sealed class YamlEvents(PlanText text)
{
    private readonly Parser parser = new(new StringReader(text.Text));
    private ParsingEvent? current;

    /// <summary>The next event, which must be of this kind.</summary>
    public T Take<T>()
        where T : ParsingEvent
    {
        var taken = Peek() as T ?? throw Refuse(PlanProblems.NotYaml("the text ends or turns where it should not"), Peek());
        current = null;
        return taken;
    }

    /// <summary>The next event; the parser is asked once for each.</summary>
    public ParsingEvent Peek()
    {
        if (current is not null)
        {
            return current;
        }

        try
        {
            return current = parser.MoveNext()
                ? parser.Current!
                : throw Refuse(PlanProblems.NotYaml("the text ends too early"), parser.Current!);
        }
        catch (YamlException broken)
        {
            var place = broken.Message.Contains("tab", StringComparison.Ordinal) ? text.FirstTabIndent() : null; // the parser tells another place
            throw new YamlRefusedException((place ?? text.At((int)broken.Start.Line, (int)broken.Start.Column, ""))
                .Mark(PlanProblems.NotYaml(broken.Message)));
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            // The parser's own slips over broken text: what it read last is the nearest place it can tell.
            var last = parser.Current?.End ?? Mark.Empty;
            throw new YamlRefusedException(text.At((int)last.Line, (int)last.Column, "")
                .Mark(PlanProblems.NotYaml("brackets, quotes or commas do not pair up")));
        }
    }

    /// <summary>The end of reading, with its problem at an event.</summary>
    public YamlRefusedException Refuse(Problem problem, ParsingEvent at) => new(text.Place(Span(at), "").Mark(problem));

    public static TextSpan Span(ParsingEvent at) =>
        new((int)at.Start.Index, (int)at.End.Index, (int)at.Start.Line, (int)at.Start.Column);
}

/// <summary>Ends the reading of a text; never leaves <see cref="YamlTreeReader"/>.</summary>
internal sealed class YamlRefusedException(Problem problem) : Exception
{
    public Problem Problem { get; } = problem;
}
