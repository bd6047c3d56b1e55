using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LinodeClusterToolkit.Plans.Yaml;

/// <summary>Text → tree with places. Works on parser events, so that a hostile text is refused before a tree of it exists.</summary>
internal sealed class YamlTreeReader
{
    private readonly PlanText text;
    private readonly ProblemList problems;
    private readonly YamlEvents events;
    private readonly Dictionary<string, (PlanNode Node, int Size, int Height)?> anchors = [];
    private int count;
    private int deepest;
    private int aliases;

    private YamlTreeReader(PlanText text, ProblemList problems)
    {
        (this.text, this.problems) = (text, problems);
        events = new YamlEvents(text);
    }

    /// <summary>The tree of a text, or null where the text is refused; why stands in <paramref name="problems"/> then.</summary>
    public static PlanNode? Read(PlanText text, ProblemList problems)
    {
        try
        {
            CheckText(text);
            return new YamlTreeReader(text, problems).Document();
        }
        catch (YamlRefusedException refused)
        {
            problems.Add(refused.Problem);
            return null;
        }
    }

    private static void CheckText(PlanText text)
    {
        if (text.Text.Length > YamlLimits.Bytes || Encoding.UTF8.GetByteCount(text.Text) > YamlLimits.Bytes)
        {
            throw new YamlRefusedException(text.At(1, 1, "").Mark(PlanProblems.TooBig($"more than {YamlLimits.Bytes / 1024} KiB of text")));
        }

        for (var at = 0; at < text.Text.Length; at++)
        {
            if (IsForbidden(text.Text[at]))
            {
                throw new YamlRefusedException(text.PlaceOf(at, "").Mark(PlanProblems.ControlCharacter(text.Text[at])));
            }
        }
    }

    private static bool IsForbidden(char letter) =>
        letter is '\uFFFE' or '\uFFFF' || (char.IsControl(letter) && letter is not ('\t' or '\n' or '\r' or '\u0085'));

    private PlanNode Document()
    {
        events.Take<StreamStart>();
        if (events.Peek() is StreamEnd)
        {
            throw events.Refuse(PlanProblems.Empty(), events.Peek());
        }

        events.Take<DocumentStart>();
        var root = Node(1);
        events.Take<DocumentEnd>();
        return events.Peek() is StreamEnd ? root : throw events.Refuse(PlanProblems.SeveralDocuments(), events.Peek());
    }

    private PlanNode Node(int depth)
    {
        var next = events.Peek();
        Count(1, depth, next);
        if (next is AnchorAlias alias)
        {
            return Expand(alias, depth);
        }

        if (next is not NodeEvent start)
        {
            throw events.Refuse(PlanProblems.NotYaml("a value is missing here"), next);
        }

        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific)
        {
            throw events.Refuse(PlanProblems.Tagged(start.Tag.Value), start);
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
        var (name, before, above) = (start.Anchor.Value, count, deepest);
        anchors[name] = null; // open: an alias to it now would be a circle
        deepest = depth;
        var node = Plain(start, depth);
        anchors[name] = (node, count - before + 1, deepest - depth);
        deepest = Math.Max(above, deepest);
        return node;
    }

    private PlanNode Expand(AnchorAlias alias, int depth)
    {
        events.Take<AnchorAlias>();
        if (++aliases > YamlLimits.Aliases)
        {
            throw events.Refuse(PlanProblems.TooBig($"more than {YamlLimits.Aliases} aliases"), alias);
        }

        if (!anchors.TryGetValue(alias.Value.Value, out var anchor))
        {
            throw events.Refuse(PlanProblems.NotYaml($"nothing is anchored as &{alias.Value}"), alias);
        }

        var (node, size, height) = anchor ?? throw events.Refuse(PlanProblems.NotYaml($"*{alias.Value} stands inside what it stands for"), alias);
        Count(size, depth + height, alias);
        return node;
    }

    private PlanScalar Leaf()
    {
        var scalar = events.Take<Scalar>();
        if (scalar.Value.Any(IsForbidden)) // written as an escape
        {
            throw events.Refuse(PlanProblems.ControlCharacter(scalar.Value.First(IsForbidden)), scalar);
        }

        return new PlanScalar(YamlEvents.Span(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain,
            scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded);
    }

    private PlanList List(int depth)
    {
        var start = events.Take<SequenceStart>();
        var items = new List<PlanNode>();
        while (events.Peek() is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        events.Take<SequenceEnd>();
        return new PlanList(YamlEvents.Span(start), items, start.Style == SequenceStyle.Flow);
    }

    private PlanMap Map(int depth)
    {
        var start = events.Take<MappingStart>();
        var (entries, seen) = (new List<PlanEntry>(), new Dictionary<string, PlanScalar>(StringComparer.Ordinal));
        while (events.Peek() is { } next and not MappingEnd)
        {
            if (Node(depth + 1) is not PlanScalar key)
            {
                throw events.Refuse(PlanProblems.KeyIsNoText(), next);
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

        events.Take<MappingEnd>();
        return new PlanMap(YamlEvents.Span(start), entries, start.Style == MappingStyle.Flow);
    }

    private void Count(int more, int depth, ParsingEvent at)
    {
        count += more;
        deepest = Math.Max(deepest, depth);
        if (count > YamlLimits.Events)
        {
            throw events.Refuse(PlanProblems.TooBig($"more than {YamlLimits.Events} keys and values"), at);
        }

        if (depth > YamlLimits.Depth)
        {
            throw events.Refuse(PlanProblems.TooBig($"more than {YamlLimits.Depth} levels"), at);
        }
    }
}
