using System.Text;

namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>Patterns of <c>*</c> and <c>?</c>. Case is ignored for the letters of ASCII alone, since databases agree on no others.</summary>
internal static class Glob
{
    /// <summary>Marks a sign that stands for itself in the pattern of a database.</summary>
    public const char Escape = '!';

    private const int Star = '*';
    private const int One = '?';

    /// <summary>The pattern meant by a text: one without signs of its own is looked for anywhere.</summary>
    public static string Whole(string text) => text.AsSpan().ContainsAny('*', '?') ? text : $"*{text}*";

    /// <summary>The same for LIKE of a database, to be held against the lower case of a column.</summary>
    public static string ToLike(string glob)
    {
        var like = new StringBuilder(glob.Length + 4);
        foreach (var sign in glob)
        {
            _ = sign switch
            {
                '*' => like.Append('%'),
                '?' => like.Append('_'),
                '%' or '_' or Escape => like.Append(Escape).Append(sign),
                _ => like.Append(char.IsAsciiLetterUpper(sign) ? (char)(sign | 0x20) : sign),
            };
        }

        return like.ToString();
    }

    /// <summary>Whether all of a text is like a pattern; in time of their lengths multiplied, whatever the pattern.</summary>
    public static bool Fits(string text, string glob)
    {
        var (signs, pattern) = (Signs(text), Signs(glob));
        var (at, in_, star, again) = (0, 0, -1, 0);
        while (at < signs.Count)
        {
            if (in_ < pattern.Count && pattern[in_] == Star)
            {
                (star, again) = (in_++, at);
            }
            else if (in_ < pattern.Count && (pattern[in_] == One || pattern[in_] == signs[at]))
            {
                (in_, at) = (in_ + 1, at + 1);
            }
            else if (star >= 0)
            {
                (in_, at) = (star + 1, ++again);
            }
            else
            {
                return false;
            }
        }

        return pattern.Skip(in_).All(sign => sign == Star);
    }

    // By code points: what databases call one sign may be two of ours.
    private static List<int> Signs(string text) =>
        [.. text.EnumerateRunes().Select(rune => rune.Value is >= 'A' and <= 'Z' ? rune.Value | 0x20 : rune.Value)];
}
