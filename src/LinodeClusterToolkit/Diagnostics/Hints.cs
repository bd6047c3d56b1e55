namespace LinodeClusterToolkit.Diagnostics;

/// <summary>Did-you-mean: the names nearest to a slip.</summary>
public static class Hints
{
    /// <summary>Up to <paramref name="most"/> of <paramref name="known"/>, nearest first, no further off than a slip would be.</summary>
    public static IReadOnlyList<string> Nearest(string slip, IEnumerable<string> known, int most = 3) =>
        [.. known.Select(name => (name, far: Distance(slip, name)))
            .Where(pair => pair.far <= Math.Max(1, Math.Max(slip.Length, pair.name.Length) / 3))
            .OrderBy(pair => pair.far).ThenBy(pair => pair.name, StringComparer.Ordinal)
            .Take(most).Select(pair => pair.name)];

    /// <summary>Edits (insert, delete, replace, swap of neighbours) from one text to the other, ignoring case.</summary>
    public static int Distance(string from, string to)
    {
        var (before, last, row) = (new int[to.Length + 1], new int[to.Length + 1], new int[to.Length + 1]);
        for (var j = 0; j <= to.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var differs = Same(from[i - 1], to[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + differs);
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[to.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
