using System.Text;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Formatting;

/// <summary>Prints a tree in one style, with the comments of the text it came from.</summary>
internal sealed class PlanPrinter
{
    private const int Level = 2;
    private const int Widest = 150;

    private readonly PlanText text;
    private readonly PlanComments comments;
    private readonly StringBuilder output = new();

    private PlanPrinter(PlanText text, PlanNode root) => (this.text, comments) = (text, new PlanComments(text, root));

    public static string Print(PlanText text, PlanMap root)
    {
        var printer = new PlanPrinter(text, root);
        printer.Map(root, 0, "");
        printer.CommentsBefore(int.MaxValue, 0);
        return printer.output.ToString();
    }

    /// <summary>The entries of a group of keys, the first behind <paramref name="lead"/>, such as the dash of a list.</summary>
    private void Map(PlanMap map, int indent, string lead)
    {
        foreach (var entry in map.Entries)
        {
            CommentsBefore(entry.Key.Span.Start, indent - lead.Length);
            Indent(indent - lead.Length).Append(lead).Append(ScalarText.Key(entry.Key)).Append(':');
            Value(entry.Value, indent + Level, indent + entry.Key.Value.Length + 1, Math.Max(entry.Key.Span.Start, entry.Key.Span.End));
            lead = "";
        }
    }

    private void List(PlanList list, int indent)
    {
        foreach (var item in list.Items)
        {
            CommentsBefore(item.Span.Start, indent);
            if (item is PlanMap { Entries.Count: > 0 } map && OneLine(map, indent + Level) is null)
            {
                Map(map, indent + Level, "- ");
                continue;
            }

            Indent(indent).Append('-');
            Value(item, indent + Level, indent + 1, item.Span.Start);
        }
    }

    /// <summary>What stands behind a colon or dash.</summary>
    private void Value(PlanNode value, int indent, int used, int after)
    {
        if (OneLine(value, used) is { } line)
        {
            output.Append(line.Length == 0 ? "" : " ").Append(line);
            EndLine(Math.Max(after, End(value)));
        }
        else if (value is PlanScalar scalar)
        {
            Block(ScalarText.Block(scalar)!, indent);
        }
        else
        {
            EndLine(after);
            if (value is PlanMap map)
            {
                Map(map, indent, "");
            }
            else
            {
                List((PlanList)value, indent);
            }
        }
    }

    private void Block(IReadOnlyList<string> lines, int indent)
    {
        output.Append(' ').Append(lines[0]).Append('\n');
        foreach (var line in lines.Skip(1))
        {
            output.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
        }
    }

    /// <summary>The value on one line, or null where it needs several: a collection stays on its line where it was written so and fits.</summary>
    private string? OneLine(PlanNode value, int used)
    {
        if (value is PlanScalar scalar)
        {
            return ScalarText.Block(scalar) is null ? ScalarText.Of(text, scalar, inFlow: false) : null;
        }

        var mayStay = value is PlanList { Items.Count: 0 } or PlanMap { Entries.Count: 0 }
            || (value is PlanList { IsFlow: true } or PlanMap { IsFlow: true } && !comments.AnyBetween(value.Span.Start, End(value)));
        return mayStay && Flow(value) is { } flow && used + 1 + flow.Length <= Widest ? flow : null;
    }

    private string Flow(PlanNode value) => value switch
    {
        PlanList { Items.Count: 0 } => "[]",
        PlanMap { Entries.Count: 0 } => "{}",
        PlanList list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        PlanMap map => $"{{ {string.Join(", ", map.Entries.Select(entry => $"{ScalarText.Key(entry.Key)}: {Flow(entry.Value)}".TrimEnd()))} }}",
        _ => ScalarText.Of(text, (PlanScalar)value, inFlow: true),
    };

    /// <summary>Where the last value below a node ends in the text.</summary>
    private static int End(PlanNode node) => node switch
    {
        PlanList list => list.Items.Select(End).Append(node.Span.End).Max(),
        PlanMap map => map.Entries.Select(entry => Math.Max(entry.Key.Span.End, End(entry.Value))).Append(node.Span.End).Max(),
        _ => node.Span.End,
    };

    private void CommentsBefore(int index, int indent)
    {
        foreach (var (place, comment) in comments.Before(index))
        {
            BlankLine(place);
            Indent(indent).Append(comment).Append('\n');
        }

        if (index < int.MaxValue)
        {
            BlankLine(index);
        }
    }

    /// <summary>Keeps a blank line where the text has one or several.</summary>
    private void BlankLine(int index)
    {
        if (comments.IsAfterBlankLine(index) && output.Length > 1 && output[^2] != '\n')
        {
            output.Append('\n');
        }
    }

    private void EndLine(int after)
    {
        if (comments.Behind(after) is { } comment)
        {
            output.Append(' ').Append(comment);
        }

        output.Append('\n');
    }

    private StringBuilder Indent(int indent) => output.Append(' ', Math.Max(0, indent));
}
