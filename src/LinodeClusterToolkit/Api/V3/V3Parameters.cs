using System.Collections;
using System.Globalization;
using System.Text.Json;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>What an action is given, by name; what is null is not sent, since for the API an empty text and none are two things.</summary>
/// <remarks>Enumerating gives the names alone: a value may be a secret, and those only leave into the body of a request.</remarks>
public sealed class V3Parameters : IEnumerable<string>
{
    private readonly List<(string Name, object Value)> values = [];

    /// <summary>A text.</summary>
    public void Add(string name, string? value) => Keep(name, value);

    /// <summary>A number.</summary>
    public void Add(string name, long? value) => Keep(name, value);

    /// <summary>A flag where the API takes words.</summary>
    public void Add(string name, bool? value) => Keep(name, value);

    /// <summary>A flag where the API takes nothing but <c>1</c> and <c>0</c>.</summary>
    public void Add(string name, V3Digit? value) => Keep(name, value is { IsOn: var on } ? on ? 1L : 0L : null);

    /// <summary>A secret.</summary>
    public void Add(string name, Sensitive? value) => Keep(name, value);

    /// <summary>Secrets by name, which travel as one JSON text.</summary>
    public void Add(string name, IReadOnlyDictionary<string, Sensitive>? value) => Keep(name, value);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => values.Select(one => one.Name).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The secrets among them, for whoever has to keep them out of a text.</summary>
    internal IEnumerable<Sensitive> Secrets => values.SelectMany(one => one.Value switch
    {
        Sensitive secret => [secret],
        IReadOnlyDictionary<string, Sensitive> named => [.. named.Values],
        _ => Array.Empty<Sensitive>(),
    });

    /// <summary>As a form has them.</summary>
    internal IEnumerable<(string Name, string Text)> Texts => values.Select(one => (one.Name, one.Value switch
    {
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        var other => Text(other),
    }));

    /// <summary>As members of a JSON object that is open.</summary>
    internal void Write(Utf8JsonWriter writer)
    {
        foreach (var (name, value) in values)
        {
            switch (value)
            {
                case bool flag:
                    writer.WriteBoolean(name, flag);
                    break;
                case long number:
                    writer.WriteNumber(name, number);
                    break;
                default:
                    writer.WriteString(name, Text(value));
                    break;
            }
        }
    }

    private static string Text(object value) => value switch
    {
        Sensitive secret => secret.Reveal(),
        IReadOnlyDictionary<string, Sensitive> named => V3Form.Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var (name, secret) in named)
            {
                writer.WriteString(name, secret.Reveal());
            }

            writer.WriteEndObject();
        }),
        _ => (string)value,
    };

    private void Keep(string name, object? value)
    {
        if (value is not null)
        {
            values.Add((name, value));
        }
    }
}

/// <summary>A flag that travels as <c>1</c> or <c>0</c>.</summary>
public readonly record struct V3Digit(bool IsOn)
{
    /// <summary>Of a flag; null stays null.</summary>
    public static V3Digit? Of(bool? flag) => flag is { } on ? new(on) : null;
}
