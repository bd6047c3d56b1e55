using System.Globalization;
using System.Text;

namespace LinodeClusterToolkit.Catalog.Matching;

/// <summary>Texts cut into words that can be compared: lower case, no accents, no punctuation but the point inside <c>16.04</c>.</summary>
internal static class Words
{
    // String.Normalize leaves accents in place where globalization is invariant, and city names need no more than Latin-1.
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyy";

    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter) || (letter == '.' && word.Length > 0))
            {
                word.Append(Folded(letter));
            }
            else if (char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) // an accent typed as a character of its own
            {
                End(word, words);
            }
        }

        End(word, words);
        return words;
    }

    /// <summary>The words in one line, to compare whole names and beginnings of names.</summary>
    public static string Line(string text) => string.Join(' ', Of(text));

    private static void End(StringBuilder word, List<string> words)
    {
        if (word.ToString().TrimEnd('.') is { Length: > 0 } whole)
        {
            words.Add(whole);
        }

        word.Clear();
    }

    private static char Folded(char letter)
    {
        var lower = char.ToLowerInvariant(letter);
        var accented = char.IsAscii(lower) ? -1 : Accented.IndexOf(lower);
        return accented < 0 ? lower : Plain[accented];
    }
}
