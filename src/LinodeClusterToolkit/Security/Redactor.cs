using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinodeClusterToolkit.Security;

/// <summary>Masks every secret it was told in any text: the last filter before console, log and state. Safe from any thread.</summary>
/// <remarks>Its cost grows with the text, not with the number of secrets. Values under six characters pass: they are too like common words.</remarks>
public sealed class Redactor
{
    private const int Shortest = 6;
    private const int ShortestLine = 16;
    private const string Mask = "***";

    // Forms by their first six characters, longest first.
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> forms = new(StringComparer.Ordinal);

    /// <summary>Tells a secret; its base64, JSON-escaped and URL-escaped forms and the lines of a longer one are masked as well.</summary>
    public void Add(Sensitive secret)
    {
        foreach (var form in FormsOf(secret.Reveal()).Where(form => form.Length >= Shortest).Distinct(StringComparer.Ordinal))
        {
            forms.AddOrUpdate(
                form[..Shortest],
                _ => [form],
                (_, others) => others.Contains(form) ? others : [.. others.Append(form).OrderByDescending(other => other.Length)]);
        }
    }

    /// <summary>The text with <c>***</c> in place of every secret.</summary>
    public string Redact(string text)
    {
        var lookup = forms.GetAlternateLookup<ReadOnlySpan<char>>();
        StringBuilder? masked = null;
        var kept = 0;
        for (var at = 0; at + Shortest <= text.Length; at++)
        {
            if (!lookup.TryGetValue(text.AsSpan(at, Shortest), out var candidates) || Match(text.AsSpan(at), candidates) is not { } found)
            {
                continue;
            }

            (masked ??= new()).Append(text, kept, at - kept).Append(Mask);
            kept = at + found.Length;
            at = kept - 1;
        }

        return masked is null ? text : masked.Append(text, kept, text.Length - kept).ToString();
    }

    private static string? Match(ReadOnlySpan<char> text, ImmutableArray<string> candidates)
    {
        foreach (var form in candidates)
        {
            if (text.StartsWith(form, StringComparison.Ordinal))
            {
                return form;
            }
        }

        return null;
    }

    private static IEnumerable<string> FormsOf(string value) =>
        value.Length < Shortest ? [] : Written(value).Concat(Base64Of(value)).Concat(LinesOf(value).SelectMany(Written));

    private static IEnumerable<string> Written(string value) =>
    [
        value, JsonEncodedText.Encode(value).Value, JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        Uri.EscapeDataString(value),
    ];

    /// <summary>A key printed line by line, or indented in a YAML block, still gives itself away.</summary>
    private static IEnumerable<string> LinesOf(string value) =>
        value.Split('\n').Select(line => line.Trim())
            .Where(line => line.Length >= ShortestLine && line.Length < value.Length && !line.StartsWith("-----", StringComparison.Ordinal));

    /// <summary>In a longer base64 text a value begins at any of three places in a group of three bytes; what neighbours share is left out.</summary>
    private static IEnumerable<string> Base64Of(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var first = ((shift * 8) + 5) / 6;
            var end = (shift + bytes.Length) * 8 / 6;
            var whole = text[first..end];
            yield return whole;
            yield return whole.Replace('+', '-').Replace('/', '_');
        }
    }
}
