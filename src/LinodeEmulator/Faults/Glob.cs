namespace LinodeEmulator.Faults;

/// <summary>Patterns in which a star stands for any text.</summary>
internal static class Glob
{
    public static bool Matches(string pattern, string text)
    {
        var pieces = pattern.Split('*');
        if (pieces.Length == 1)
        {
            return pattern == text;
        }

        if (!text.StartsWith(pieces[0], StringComparison.Ordinal) || text.Length < pieces[0].Length + pieces[^1].Length)
        {
            return false;
        }

        var at = pieces[0].Length;
        var end = text.Length - pieces[^1].Length;
        foreach (var piece in pieces[1..^1])
        {
            var found = text.IndexOf(piece, at, end - at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + piece.Length;
        }

        return text.EndsWith(pieces[^1], StringComparison.Ordinal);
    }
}
