using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>One comparison: the field meant, and values of its kind. Goes on after what is wrong, so that all of it is told at once.</summary>
internal sealed class ComparisonReader(QuerySource source)
{
    private readonly List<Problem> problems = [];

    public IReadOnlyList<Problem> Problems => problems;

    public Condition Read(Token name, Token sign, IReadOnlyList<Token> values)
    {
        if (NodeFields.Find(name.Text) is not { } field)
        {
            return Wrong(QueryProblems.NoSuchField(name.Text), name.At);
        }

        return sign.Text switch
        {
            "=" or "in" => Any(values.Select(value => Equal(field, value, sign.Text))),
            "!=" or "not in" => new Condition.Not(Any(values.Select(value => Equal(field, value, sign.Text)))),
            "~" => Like(field, sign, values[0]),
            "!~" => new Condition.Not(Like(field, sign, values[0])),
            _ => Ordered(field, sign, values[0]),
        };
    }

    // A list is one comparison, not many: so it stays one in a statement of a database.
    private static Condition Any(IEnumerable<Condition> parts)
    {
        var all = parts.ToList();
        var among = all.OfType<Condition.Among>().ToList();
        var one = among.Count == 0 ? null : new Condition.Among(among[0].Field, [.. among.SelectMany(part => part.Values)])
        {
            At = [.. among.SelectMany(part => part.At)],
        };
        List<Condition> rest = [.. one is null ? (IEnumerable<Condition>)[] : [one], .. all.Where(part => part is not Condition.Among)];
        return rest is [var only] ? only : new Condition.Any(rest);
    }

    private Condition Equal(NodeField field, Token value, string sign)
    {
        var isPlain = value.Kind == TokenKind.Word;
        if (value.Text.Trim().Length == 0)
        {
            return Wrong(QueryProblems.Nothing(field), value.At);
        }

        if (isPlain && (value.Says("none") || value.Says("null")) && !field.Words.Any(word => value.Says(word.Key)))
        {
            return field.IsAlways ? Wrong(QueryProblems.NotThere(field), value.At) : new Condition.Missing(field);
        }

        return field.Kind switch
        {
            FieldKind.Word => Word(field, value) is { } word ? Among(field, value, word) : Condition.Never,
            FieldKind.Whole => Whole(field, value) is { } number ? Among(field, value, number) : Condition.Never,
            FieldKind.Money => Money(field, value) is { } amount ? new Condition.Compared(field, Relation.Is, amount) : Condition.Never,
            FieldKind.Moment => QuerySpans.Moment(value.Text) is { } moment ? Within(field, moment) : Wrong(
                QueryProblems.BadValue(
                    field, value.Text, QuerySpans.Dates, QuerySpans.Span(value.Text) is null ? [] : [$"{field.Name}<{value.Text}"]),
                value.At),
            FieldKind.Age => Wrong(QueryProblems.SignUnfit(field, sign, "< <= > and >=: no two nodes have the very same age"), value.At),
            _ when isPlain && value.Text.AsSpan().ContainsAny('*', '?') =>
                Wrong(QueryProblems.Pattern(field, value.Text, sign is "!=" or "not in" ? "!~" : "~"), value.At),
            FieldKind.Address => Address(field, value),
            _ => Among(field, value, value.Text),
        };
    }

    private Condition Like(NodeField field, Token sign, Token value) =>
        field.Kind is FieldKind.Whole or FieldKind.Moment or FieldKind.Age or FieldKind.Money || field == NodeFields.Find("unwatched")
            ? Wrong(QueryProblems.SignUnfit(field, sign.Text, field.Kind == FieldKind.Word ? "= and in" : "= < <= > and >="), sign.At)
        : value.Text.Trim().Length == 0 ? Wrong(QueryProblems.Nothing(field), value.At)
        : new Condition.Like(field, Glob.Whole(value.Text));

    private Condition Ordered(NodeField field, Token sign, Token value)
    {
        var relation = sign.Text switch
        {
            "<" => Relation.Below,
            "<=" => Relation.AtMost,
            ">=" => Relation.AtLeast,
            _ => Relation.Above,
        };
        return field.Kind switch
        {
            FieldKind.Whole => Whole(field, value) is { } number ? new Condition.Compared(field, relation, number) : Condition.Never,
            FieldKind.Money => Money(field, value) is { } amount ? new Condition.Compared(field, relation, amount) : Condition.Never,
            FieldKind.Age => QuerySpans.Span(value.Text) is { } age ? new Condition.Compared(field, relation, age)
                : Wrong(QueryProblems.BadValue(field, value.Text, QuerySpans.Spans), value.At),
            FieldKind.Moment => QuerySpans.Span(value.Text) is { } ago ? new Condition.Compared(field, relation, ago)
                : QuerySpans.Moment(value.Text) is { } moment ? Beside(field, relation, moment)
                : Wrong(QueryProblems.BadValue(field, value.Text, $"{QuerySpans.Dates}; or {QuerySpans.Spans}, for how long ago"), value.At),
            FieldKind.Word when field.IsOrdered => Word(field, value) is { } word ? From(field, relation, word) : Condition.Never,
            _ => Wrong(QueryProblems.SignUnfit(field, sign.Text, field.Kind == FieldKind.Word ? "= != ~ and in" : "= != ~ !~ and in"), sign.At),
        };
    }

    // A date is all of its day: after it is after its end.
    private static Condition.Compared Beside(NodeField field, Relation relation, (DateTimeOffset From, DateTimeOffset Until) time) => relation switch
    {
        Relation.Below => new(field, Relation.Below, time.From),
        Relation.AtMost => new(field, Relation.Below, time.Until),
        Relation.AtLeast => new(field, Relation.AtLeast, time.From),
        _ => new(field, Relation.AtLeast, time.Until),
    };

    private static Condition.All Within(NodeField field, (DateTimeOffset From, DateTimeOffset Until) time) =>
        new([new Condition.Compared(field, Relation.AtLeast, time.From), new Condition.Compared(field, Relation.Below, time.Until)]);

    private static Condition.Among From(NodeField field, Relation relation, object word)
    {
        var words = field.Words.Select(pair => pair.Value).ToList();
        var place = words.IndexOf(word);
        return new(field, [.. words.Where((_, at) => Condition.Compared.Holds(relation, at.CompareTo(place)))]);
    }

    // Records have the prefix that the platform gives with an IPv6 address, and people leave it out.
    private static Condition.Among Address(NodeField field, Token value) =>
        IPAddress.TryParse(value.Text, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6
            ? new(field, [.. new[] { value.Text, $"{ip}", $"{ip}/128", $"{ip}/64" }.Distinct()])
            : Among(field, value, value.Text);

    private static Condition.Among Among(NodeField field, Token value, object known) => new(field, [known]) { At = [value.At] };

    private object? Word(NodeField field, Token value)
    {
        foreach (var (word, stored) in field.Words)
        {
            if (word.Equals(value.Text, StringComparison.OrdinalIgnoreCase))
            {
                return stored;
            }
        }

        var words = field.Words.Select(word => word.Key).ToList();
        var near = Hints.Nearest(value.Text, words, 1).Select(word => $"did you mean {word}?");
        Wrong(QueryProblems.BadValue(field, value.Text, $"one of {string.Join(", ", words)}", near), value.At);
        return null;
    }

    private long? Whole(NodeField field, Token value)
    {
        if (long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Wrong(QueryProblems.BadValue(field, value.Text, "a whole number"), value.At);
        return null;
    }

    private decimal? Money(NodeField field, Token value)
    {
        if (decimal.TryParse(value.Text.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return amount;
        }

        Wrong(QueryProblems.BadValue(field, value.Text, "an amount in US dollars, such as 0.05"), value.At);
        return null;
    }

    private Condition Wrong(Problem problem, int at)
    {
        problems.Add(source.Place(problem, at));
        return Condition.Never;
    }
}
