using LinodeEmulator.Time;

namespace LinodeEmulator.Endpoints;

/// <summary>The fields by which a collection can be filtered and ordered. A value is a text, a number, a truth value, nothing, or a list of texts, of
/// which one must match.</summary>
internal sealed class Filterable<T>
{
    private readonly Dictionary<string, Func<T, object?>> _fields = new(StringComparer.Ordinal);

    public Filterable<T> Text(string name, Func<T, string?> value) => Add(name, value);

    public Filterable<T> Texts(string name, Func<T, IReadOnlyList<string>> value) => Add(name, value);

    public Filterable<T> Number(string name, Func<T, double?> value) => Add(name, row => value(row));

    public Filterable<T> Flag(string name, Func<T, bool> value) => Add(name, row => value(row));

    public Filterable<T> Any(string name, Func<T, object?> value) => Add(name, value);

    public Filterable<T> Time(string name, Func<T, DateTime> value) => Add(name, row => ApiTime.Text(value(row)));

    public Func<T, object?> Field(string name) =>
        _fields.TryGetValue(name, out var field) ? field : throw ApiProblem.Field("X-Filter", $"Cannot filter on {name}");

    private Filterable<T> Add(string name, Func<T, object?> value)
    {
        _fields.Add(name, value);
        return this;
    }
}
