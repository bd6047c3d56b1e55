using System.Text;

namespace LinodeClusterToolkit.Catalog.Matching;

/// <summary>Texts cut into words that can be compared: lower case, no accents, no punctuation but the point inside <c>16.04</c>.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter) || (letter == '.' && word.Length > 0))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else if (!IsAccent(letter))
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

    private static bool IsAccent(char letter) => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.NonSpacingMark;
}
