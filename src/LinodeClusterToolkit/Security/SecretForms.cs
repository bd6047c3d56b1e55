using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Security;

/// <summary>The forms in which the value of a secret may stand in a text: as it is, base64, as JSON, URLs, YAML and shells escape it, and line by
/// line.</summary>
internal static partial class SecretForms
{
    /// <summary>Values under so many characters are too like common words.</summary>
    public const int Shortest = 6;

    private const int ShortestLine = 16;

    /// <summary>All of them; none where the value is too short to be told from common words.</summary>
    public static IEnumerable<string> Of(string value) => value.Length < Shortest ? [] :
        Written(value).Concat(Base64Of(value)).Concat(LinesOf(value).SelectMany(Written)).Where(form => form.Length >= Shortest)
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Written(string value) =>
    [
        value, JsonEncodedText.Encode(value).Value, JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        Ascii().Replace(
            JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
            signs => string.Concat(signs.Value.Select(one => $"\\u{(int)one:x4}"))), // Python's
        Uri.EscapeDataString(value),
        value.Replace("'", "''", StringComparison.Ordinal),
        .. Shells(value),
    ];

    /// <summary>What <c>set -x</c>, <c>set</c> and <c>printf %q</c> print: between quotes, with backslashes, or both.</summary>
    private static IEnumerable<string> Shells(string value)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return
        [
            value.Replace("'", "'\\''", StringComparison.Ordinal), value.Replace("'", "'\"'\"'", StringComparison.Ordinal),
            Special().Replace(value, "\\$0"),
            escaped,
            Ascii().Replace(escaped, sign => string.Concat(
                Encoding.UTF8.GetBytes(sign.Value).Select(one => $"\\{Convert.ToString(one, 8).PadLeft(3, '0')}"))),
        ];
    }

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

        // What base64 itself and OpenSSL make of a longer one goes over several lines; all keys share the first two.
        var shared = value.StartsWith("-----BEGIN", StringComparison.Ordinal) ? 2 : 0;
        foreach (var width in new[] { 76, 64 })
        {
            foreach (var line in Convert.ToBase64String(bytes).Chunk(width).Skip(shared).Where(line => line.Length >= ShortestLine))
            {
                yield return new(line);
            }
        }
    }

    [GeneratedRegex("[^\\x00-\\x7f]+")]
    private static partial Regex Ascii();

    // What bash puts a backslash before.
    [GeneratedRegex("[\\s!\"$&'()*,;<>?\\[\\\\\\]^`{|}]|^[#~]")]
    private static partial Regex Special();
}
