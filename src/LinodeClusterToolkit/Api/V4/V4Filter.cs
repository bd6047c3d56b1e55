using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>The X-Filter of a list: what the server leaves out, and in which order it answers. Immutable; each method gives a new one.</summary>
public sealed class V4Filter : IEquatable<V4Filter>
{
    private readonly ImmutableArray<(string Name, Action<Utf8JsonWriter> Value)> members;

    private V4Filter(ImmutableArray<(string Name, Action<Utf8JsonWriter> Value)> members) => this.members = members;

    /// <summary>Lets everything through.</summary>
    public static V4Filter None { get; } = new([]);

    /// <summary>True where nothing is filtered or ordered.</summary>
    public bool IsEmpty => members.IsEmpty;

    /// <summary>What fits any of these.</summary>
    public static V4Filter AnyOf(params IEnumerable<V4Filter> filters) => None.With("+or", List(filters));

    /// <summary>What fits each of these.</summary>
    public static V4Filter AllOf(params IEnumerable<V4Filter> filters) => None.With("+and", List(filters));

    /// <summary>This text exactly; for <c>tags</c>, as one of them.</summary>
    public V4Filter Where(string field, string value) => With(field, json => json.WriteStringValue(value));

    /// <summary>This number exactly.</summary>
    public V4Filter Where(string field, long value) => With(field, json => json.WriteNumberValue(value));

    /// <summary>This truth value.</summary>
    public V4Filter Where(string field, bool value) => With(field, json => json.WriteBooleanValue(value));

    /// <summary>This number or more.</summary>
    public V4Filter AtLeast(string field, long value) => Compare(field, "+gte", json => json.WriteNumberValue(value));

    /// <summary>This moment or later.</summary>
    public V4Filter Since(string field, DateTimeOffset moment) => Compare(field, "+gte", json => json.WriteStringValue(UtcTime.Text(moment)));

    /// <summary>In the order of a field.</summary>
    public V4Filter OrderBy(string field, bool descending = false)
    {
        var ordered = With("+order_by", json => json.WriteStringValue(field));
        return descending ? ordered.With("+order", json => json.WriteStringValue("desc")) : ordered;
    }

    /// <summary>The header's value: JSON in ASCII.</summary>
    public override string ToString()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer);
        }

        return Escaped(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <inheritdoc/>
    public bool Equals(V4Filter? other) => other is not null && other.ToString() == ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as V4Filter);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static Action<Utf8JsonWriter> List(IEnumerable<V4Filter> filters)
    {
        var all = filters.ToArray();
        return json =>
        {
            json.WriteStartArray();
            Array.ForEach(all, filter => filter.Write(json));
            json.WriteEndArray();
        };
    }

    // The default encoder would write "+gte" as "\u002Bgte", which is the same JSON and hard to read; headers take ASCII only.
    private static string Escaped(string json) => Ascii.IsValid(json)
        ? json
        : string.Concat(json.Select(c => char.IsAscii(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));

    private V4Filter Compare(string field, string operation, Action<Utf8JsonWriter> value) => With(field, json =>
    {
        json.WriteStartObject();
        json.WritePropertyName(operation);
        value(json);
        json.WriteEndObject();
    });

    // A second condition on one field would silently win over the first.
    private V4Filter With(string name, Action<Utf8JsonWriter> value) => members.Any(member => member.Name == name)
        ? throw new ArgumentException($"the filter has '{name}' already; join two filters by AllOf", nameof(name))
        : new(members.Add((name, value)));

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            json.WritePropertyName(name);
            value(json);
        }

        json.WriteEndObject();
    }
}
