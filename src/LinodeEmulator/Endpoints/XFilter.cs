using System.Text.Json;

namespace LinodeEmulator.Endpoints;

/// <summary>The X-Filter header: a JSON object whose keys are and-ed. Names of fields, <c>+and</c>, <c>+or</c>, <c>+order_by</c> and <c>+order</c>
/// stand in it; below a field's name the comparisons.</summary>
internal sealed class XFilter<T>
{
    private readonly Filterable<T> _fields;
    private readonly Func<T, bool> _matches;
    private Func<T, object?>? _orderBy;
    private string? _orderedField;
    private bool _descending;
    private long _leastId = long.MinValue;

    private XFilter(Filterable<T> fields, JsonElement filter)
    {
        _fields = fields;
        _matches = Object(filter, top: true);
    }

    public static IReadOnlyList<T> Apply(string? header, Filterable<T> fields, Func<long, IEnumerable<T>> rowsFrom)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return [.. rowsFrom(long.MinValue)];
        }

        var filter = new XFilter<T>(fields, Parse(header));
        return filter.Order([.. rowsFrom(filter._leastId).Where(filter._matches)]);
    }

    private static JsonElement Parse(string header)
    {
        try
        {
            using var document = JsonDocument.Parse(header);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw ApiProblem.Field("X-Filter", "Must be a JSON object");
        }
        catch (JsonException)
        {
            throw ApiProblem.Field("X-Filter", "Must be valid JSON");
        }
    }

    private List<T> Order(List<T> rows)
    {
        if (_orderBy is not { } field)
        {
            return rows;
        }

        // Collections are kept in the order of ids, which is the order that is asked for most.
        if (_orderedField == "id")
        {
            if (_descending)
            {
                rows.Reverse();
            }

            return rows;
        }

        return [.. _descending ? rows.OrderDescending(new ByField(field)) : rows.Order(new ByField(field))];
    }

    private Func<T, bool> Object(JsonElement filter, bool top)
    {
        if (filter.ValueKind != JsonValueKind.Object)
        {
            throw ApiProblem.Field("X-Filter", "Must be a JSON object");
        }

        var parts = new List<Func<T, bool>>();
        foreach (var part in filter.EnumerateObject())
        {
            switch (part.Name)
            {
                case "+and":
                    var all = Objects(part.Value, top);
                    parts.Add(row => all.All(one => one(row)));
                    break;
                case "+or":
                    var any = Objects(part.Value, top: false);
                    parts.Add(row => any.Any(one => one(row)));
                    break;
                case "+order_by":
                    _orderedField = part.Value.ValueKind == JsonValueKind.String
                        ? part.Value.GetString()!
                        : throw ApiProblem.Field("X-Filter", "Cannot order by that");
                    _orderBy = _fields.Field(_orderedField);
                    break;
                case "+order":
                    _descending = part.Value.ValueKind == JsonValueKind.String && part.Value.GetString() is var order and ("asc" or "desc")
                        ? order == "desc"
                        : throw ApiProblem.Field("X-Filter", "Order must be asc or desc");
                    break;
                default:
                    parts.Add(Comparison(part.Name, part.Value, top));
                    break;
            }
        }

        return parts.Count == 1 ? parts[0] : row => parts.All(part => part(row));
    }

    private List<Func<T, bool>> Objects(JsonElement filters, bool top) =>
        filters.ValueKind == JsonValueKind.Array
            ? [.. filters.EnumerateArray().Select(filter => Object(filter, top))]
            : throw ApiProblem.Field("X-Filter", "Must be an array");

    private Func<T, bool> Comparison(string name, JsonElement wanted, bool top)
    {
        if (name.StartsWith('+'))
        {
            throw ApiProblem.Field("X-Filter", $"Unknown operator {name}");
        }

        var field = _fields.Field(name);
        if (wanted.ValueKind != JsonValueKind.Object)
        {
            var value = Literal(wanted);
            Narrow(name, value, top);
            return row => Any(field(row), found => Same(found, value));
        }

        var parts = wanted.EnumerateObject().Select(part => Operator(name, field, part.Name, Literal(part.Value), top)).ToList();
        return row => parts.All(part => part(row));
    }

    private Func<T, bool> Operator(string name, Func<T, object?> field, string sign, object? value, bool top)
    {
        if (sign is "+gt" or "+gte")
        {
            Narrow(name, value, top);
        }

        return sign switch
        {
            "+gt" => row => Any(field(row), found => Compare(found, value) > 0),
            "+gte" => row => Any(field(row), found => Compare(found, value) >= 0),
            "+lt" => row => Any(field(row), found => Compare(found, value) < 0),
            "+lte" => row => Any(field(row), found => Compare(found, value) <= 0),
            "+neq" => row => !Any(field(row), found => Same(found, value)),
            "+contains" => row => Any(
                field(row), found => found is string text && value is string piece && text.Contains(piece, Unknowns.ContainsComparison)),
            _ => throw ApiProblem.Field("X-Filter", $"Unknown operator {sign}"),
        };
    }

    /// <summary>A bound on the id that holds for the whole filter spares the look at all rows before it.</summary>
    private void Narrow(string name, object? value, bool top)
    {
        if (top && name == "id" && value is double bound and > 0 and < long.MaxValue)
        {
            _leastId = Math.Max(_leastId, (long)bound);
        }
    }

    private static object? Literal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => throw ApiProblem.Field("X-Filter", "Must be a string, number, boolean or null"),
    };

    private static bool Any(object? found, Func<object?, bool> matches) => found is IReadOnlyList<string> list ? list.Any(matches) : matches(found);

    private static bool Same(object? found, object? wanted) => Equals(found, wanted);

    /// <summary>Less than zero, zero, or more; not a number when the two cannot be compared, and then every comparison is false.</summary>
    private static double Compare(object? found, object? wanted) => (found, wanted) switch
    {
        (double one, double other) => one.CompareTo(other),
        (string one, string other) => string.CompareOrdinal(one, other),
        _ => double.NaN,
    };

    private sealed class ByField(Func<T, object?> field) : IComparer<T>
    {
        public int Compare(T? x, T? y) => (field(x!), field(y!)) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            (string one, string other) => string.CompareOrdinal(one, other),
            (IReadOnlyList<string> one, IReadOnlyList<string> other) => string.CompareOrdinal(string.Join('\0', one), string.Join('\0', other)),
            (IComparable one, { } other) => one.CompareTo(other),
            _ => 0,
        };
    }
}
