using System.Text;
using LinodeClusterToolkit.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LinodeClusterToolkit.Plans.Yaml;

/// <summary>Text → tree with places. Works on parser events, so that a hostile text is refused before a tree of it exists.</summary>
internal sealed class YamlTreeReader
{
    private readonly PlanText text;
    private readonly ProblemList problems;
    private readonly Parser parser;
    private readonly Dictionary<string, (PlanNode Node, int Size, int Height)?> anchors = [];
    private ParsingEvent? current;
    private int events;
    private int deepest;
    private int aliases;

    private YamlTreeReader(PlanText text, ProblemList problems)
    {
        (this.text, this.problems) = (text, problems);
        parser = new Parser(new StringReader(text.Text));
    }

    /// <summary>The tree of a text, or null where the text is refused; why stands in <paramref name="problems"/> then.</summary>
    public static PlanNode? Read(PlanText text, ProblemList problems)
    {
        try
        {
            CheckText(text);
            return new YamlTreeReader(text, problems).Document();
        }
        catch (RefusedException refused)
        {
            problems.Add(refused.Problem);
            return null;
        }
    }

    private static void CheckText(PlanText text)
    {
        if (text.Text.Length > YamlLimits.Bytes || Encoding.UTF8.GetByteCount(text.Text) > YamlLimits.Bytes)
        {
            throw new RefusedException(text.At(1, 1, "").Mark(PlanProblems.TooBig($"more than {YamlLimits.Bytes / 1024} KiB of text")));
        }

        for (var at = 0; at < text.Text.Length; at++)
        {
            if (IsForbidden(text.Text[at]))
            {
                throw new RefusedException(text.PlaceOf(at, "").Mark(PlanProblems.ControlCharacter(text.Text[at])));
            }
        }
    }

    private static bool IsForbidden(char letter) =>
        letter is '\uFFFE' or '\uFFFF' || (char.IsControl(letter) && letter is not ('\t' or '\n' or '\r' or '\u0085'));

    private PlanNode Document()
    {
        Take<StreamStart>();
        if (Peek() is StreamEnd)
        {
            throw Refuse(PlanProblems.Empty(), Peek());
        }

        Take<DocumentStart>();
        var root = Node(1);
        Take<DocumentEnd>();
        return Peek() is StreamEnd ? root : throw Refuse(PlanProblems.SeveralDocuments(), Peek());
    }

    private PlanNode Node(int depth)
    {
        var next = Peek();
        Count(1, depth, next);
        if (next is AnchorAlias alias)
        {
            return Expand(alias, depth);
        }

        if (next is not NodeEvent start)
        {
            throw Refuse(PlanProblems.NotYaml("a value is missing here"), next);
        }

        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific)
        {
            throw Refuse(PlanProblems.Tagged(start.Tag.Value), start);
        }

        return start.Anchor.IsEmpty ? Plain(start, depth) : Anchored(start, depth);
    }

    private PlanNode Plain(NodeEvent start, int depth) => start switch
    {
        Scalar => Leaf(),
        SequenceStart => List(depth),
        _ => Map(depth),
    };

    private PlanNode Anchored(NodeEvent start, int depth)
    {
        var (name, before, above) = (start.Anchor.Value, events, deepest);
        anchors[name] = null; // open: an alias to it now would be a circle
        deepest = depth;
        var node = Plain(start, depth);
        anchors[name] = (node, events - before + 1, deepest - depth);
        deepest = Math.Max(above, deepest);
        return node;
    }

    private PlanNode Expand(AnchorAlias alias, int depth)
    {
        Take<AnchorAlias>();
        if (++aliases > YamlLimits.Aliases)
        {
            throw Refuse(PlanProblems.TooBig($"more than {YamlLimits.Aliases} aliases"), alias);
        }

        if (!anchors.TryGetValue(alias.Value.Value, out var anchor))
        {
            throw Refuse(PlanProblems.NotYaml($"nothing is anchored as &{alias.Value}"), alias);
        }

        var (node, size, height) = anchor ?? throw Refuse(PlanProblems.NotYaml($"*{alias.Value} stands inside what it stands for"), alias);
        Count(size, depth + height, alias);
        return node;
    }

    private PlanScalar Leaf()
    {
        var scalar = Take<Scalar>();
        if (scalar.Value.Any(IsForbidden)) // written as an escape
        {
            throw Refuse(PlanProblems.ControlCharacter(scalar.Value.First(IsForbidden)), scalar);
        }

        return new PlanScalar(Span(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain,
            scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded);
    }

    private PlanList List(int depth)
    {
        var start = Take<SequenceStart>();
        var items = new List<PlanNode>();
        while (Peek() is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        Take<SequenceEnd>();
        return new PlanList(Span(start), items, start.Style == SequenceStyle.Flow);
    }

    private PlanMap Map(int depth)
    {
        var start = Take<MappingStart>();
        var (entries, seen) = (new List<PlanEntry>(), new Dictionary<string, PlanScalar>(StringComparer.Ordinal));
        while (Peek() is { } next and not MappingEnd)
        {
            if (Node(depth + 1) is not PlanScalar key)
            {
                throw Refuse(PlanProblems.KeyIsNoText(), next);
            }

            var value = Node(depth + 1);
            if (seen.TryAdd(key.Value, key))
            {
                entries.Add(new PlanEntry(key, value));
            }
            else
            {
                problems.Add(text.Place(key.Span, key.Value).Mark(PlanProblems.DuplicateKey(key.Value, seen[key.Value].Span.Line)));
            }
        }

        Take<MappingEnd>();
        return new PlanMap(Span(start), entries, start.Style == MappingStyle.Flow);
    }

    private void Count(int more, int depth, ParsingEvent at)
    {
        events += more;
        deepest = Math.Max(deepest, depth);
        if (events > YamlLimits.Events)
        {
            throw Refuse(PlanProblems.TooBig($"more than {YamlLimits.Events} keys and values"), at);
        }

        if (depth > YamlLimits.Depth)
        {
            throw Refuse(PlanProblems.TooBig($"more than {YamlLimits.Depth} levels"), at);
        }
    }

    private T Take<T>()
        where T : ParsingEvent
    {
        var taken = Peek() as T ?? throw Refuse(PlanProblems.NotYaml("the text ends or turns where it should not"), Peek());
        current = null;
        return taken;
    }

    /// <summary>The next event; the parser is asked once for each.</summary>
    private ParsingEvent Peek()
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
            throw new RefusedException((place ?? text.At((int)broken.Start.Line, (int)broken.Start.Column, ""))
                .Mark(PlanProblems.NotYaml(broken.Message)));
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            // The parser's own slips over broken text: what it read last is the nearest place it can tell.
            var last = parser.Current?.End ?? Mark.Empty;
            throw new RefusedException(text.At((int)last.Line, (int)last.Column, "")
                .Mark(PlanProblems.NotYaml("brackets, quotes or commas do not pair up")));
        }
    }

    private RefusedException Refuse(Problem problem, ParsingEvent at) => new(text.Place(Span(at), "").Mark(problem));

    private static TextSpan Span(ParsingEvent at) =>
        new((int)at.Start.Index, (int)at.End.Index, (int)at.Start.Line, (int)at.Start.Column);

    private sealed class RefusedException(Problem problem) : Exception
    {
        public Problem Problem { get; } = problem;
    }
}
