using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinodeClusterToolkit.Security;

/// <summary>The forms in which the value of a secret may stand in a text: as it is, base64, JSON-escaped, URL-escaped, and line by line.</summary>
internal static class SecretForms
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
