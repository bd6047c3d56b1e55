using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests.Leaks;

/// <summary>What a secret looks like where programs have written it down: as it is, or as JSON, YAML, a shell, HTML, a URL, base64 or hex
/// make it.</summary>
/// <remarks>A list of this judge's own, longer than the one the toolkit masks by: what both had forgotten, neither would see.</remarks>
internal static partial class Disguises
{
    /// <summary>Shorter ones stand anywhere by chance.</summary>
    public const int Shortest = 8;

    private const int ShortestLine = 16, Piece = 24;

    /// <summary>All of them, by what they are.</summary>
    public static IEnumerable<(string Kind, string Text)> Of(string value)
    {
        var lines = value.Split('\n').Select(line => line.Trim()).ToList();

        // The first lines of a private key are the same in all of them, or hold its public half.
        var parts = value.Contains("PRIVATE KEY", StringComparison.Ordinal) ? lines.Skip(4) : lines;
        var whole = lines.Count == 1 ? [value]
            : parts.Where(line => line.Length >= ShortestLine && !line.StartsWith("-----", StringComparison.Ordinal));
        return whole.SelectMany(line => Written(line).Concat(Coded(line)))
            .Where(form => form.Text.Length >= Shortest).DistinctBy(form => form.Text);
    }

    private static IEnumerable<(string Kind, string Text)> Written(string value) =>
    [
        ("as it is", value),
        ("JSON", JsonEncodedText.Encode(value).Value),
        ("JSON", JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value),
        ("JSON", JsonEncodedText.Encode(value).Value.Replace("\\u0022", "\\\"", StringComparison.Ordinal)),
        ("JSON", value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("/", "\\/")),
        ("JSON", Ascii().Replace(value.Replace("\\", "\\\\").Replace("\"", "\\\""), sign => $"\\u{(int)sign.Value[0]:x4}")),
        ("Python", value.Replace("\\", "\\\\").Replace("'", "\\'")),
        ("Python", value.Replace("\\", "\\\\")),
        ("YAML", value.Replace("'", "''")),
        ("shell", value.Replace("'", "'\\''")),
        ("shell", value.Replace("'", "'\"'\"'")),
        ("shell", Special().Replace(value, "\\$0")),
        ("shell", Bash().Replace(value, "\\$0")),
        ("shell", Quoted().Replace(value, "\\$0")),
        ("URL", Uri.EscapeDataString(value)),
        ("URL", WebUtility.UrlEncode(value)),
        ("URL", Uri.EscapeDataString(value).ToLowerInvariant()),
        ("HTML", WebUtility.HtmlEncode(value)),
        ("HTML", HtmlEncoder.Default.Encode(value)),
    ];

    private static IEnumerable<(string Kind, string Text)> Coded(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        yield return ("hex", Convert.ToHexString(bytes));
        yield return ("hex", Convert.ToHexStringLower(bytes));

        // In a longer text it begins at any of three places of a group; what neighbours share is left out. Lines of it may end anywhere.
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var own = text[(((shift * 8) + 5) / 6)..((shift + bytes.Length) * 8 / 6)];
            var pieces = own.Chunk(Piece).Where(piece => piece.Length == Piece).Select(piece => new string(piece));
            foreach (var piece in own.Length < 2 * Piece ? [own] : pieces)
            {
                yield return ("base64", piece);
                yield return ("base64", piece.Replace('+', '-').Replace('/', '_'));
            }
        }
    }

    [GeneratedRegex("[^ -~]")]
    private static partial Regex Ascii();

    [GeneratedRegex("[^A-Za-z0-9_./:=@%+,-]")]
    private static partial Regex Special();

    [GeneratedRegex("[\\s!\"$&'()*,;<>?\\[\\\\\\]^`{|}]")]
    private static partial Regex Bash();

    [GeneratedRegex("[\"\\\\$`]")]
    private static partial Regex Quoted();
}
