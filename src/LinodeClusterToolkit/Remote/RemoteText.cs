using System.Globalization;
using System.Text;

namespace LinodeClusterToolkit.Remote;

/// <summary>What nodes print, made fit for messages, logs and terminals.</summary>
public static class RemoteText
{
    /// <summary>The text with its control characters written out, e.g. <c>\u001b</c>; line ends and tabs stay.</summary>
    /// <remarks>So a node can neither move the cursor nor turn the reading direction of whoever looks at its output.</remarks>
    public static string Printable(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (first < 0)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16).Append(text, 0, first);
        foreach (var letter in text.AsSpan(first))
        {
            if (letter is '\n' or '\t' || !IsUnseen(letter))
            {
                shown.Append(letter);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
        }

        return shown.ToString();
    }

    /// <summary>The last lines that say something, printable, cut where they are long.</summary>
    /// <param name="text">Text as it came.</param>
    /// <param name="most">Most lines.</param>
    public static IReadOnlyList<string> LastLines(string text, int most = 5) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).TakeLast(most).Select(line => Cut(Printable(line), 300))];

    /// <summary>At most so many characters, with <c>…</c> in place of the rest.</summary>
    internal static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    // Format characters hold the ones that turn the reading direction; line and paragraph separators break lines where none was.
    private static bool IsUnseen(char letter) => char.GetUnicodeCategory(letter) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
