using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LinodeClusterToolkit.Plans.Reading;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Formatting;

/// <summary>How a single value is written.</summary>
internal static partial class ScalarText
{
    /// <summary>A value as it was written, where that fits on the line; else quoted as little as it needs.</summary>
    public static string Of(PlanText text, PlanScalar scalar, bool inFlow)
    {
        var raw = text.Text[scalar.Span.Start..scalar.Span.End];
        var keeps = raw.Length > 0 && raw[0] != '&' && !scalar.IsBlock && !raw.AsSpan().ContainsAny(PlanText.LineBreaks)
            && !(inFlow && scalar.IsPlain && !Plain().IsMatch(raw));
        return keeps ? raw
            : scalar.IsNull ? inFlow ? "null" : ""
            : Plain().IsMatch(scalar.Value) && (scalar.IsPlain || IsWord(scalar.Value)) ? scalar.Value
            : Quoted(scalar.Value);
    }

    public static string Key(PlanScalar key) => Plain().IsMatch(key.Value) ? key.Value : Quoted(key.Value);

    /// <summary>The lines of a block of text, or null where the value is better quoted.</summary>
    public static IReadOnlyList<string>? Block(PlanScalar scalar) =>
        scalar is { IsBlock: true, Value: var value } && value.Contains('\n') && !char.IsWhiteSpace(value[0])
        && !value.AsSpan().ContainsAny("\r\u0085\u2028\u2029")
        && !value.EndsWith("\n\n", StringComparison.Ordinal)
            ? [value.EndsWith('\n') ? "|" : "|-", .. value.TrimEnd('\n').Split('\n')]
            : null;

    /// <summary>Whether nobody takes a text for a number, a flag or nothing.</summary>
    private static bool IsWord(string value) =>
        char.IsAsciiLetter(value[0]) && Scalars.Flag(value) is null && !value.Equals("null", StringComparison.OrdinalIgnoreCase);

    private static string Quoted(string value)
    {
        if (!value.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029'))
        {
            return $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
        }

        var quoted = new StringBuilder("\"");
        foreach (var letter in value)
        {
            quoted.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(letter) || letter is '\u2028' or '\u2029' =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                _ => letter,
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>What needs no quotes anywhere.</summary>
    [GeneratedRegex(@"^(?:[A-Za-z0-9_/.]|~/|-[0-9])[A-Za-z0-9_./@%+-]*(?:[ :][A-Za-z0-9_./@%+-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
