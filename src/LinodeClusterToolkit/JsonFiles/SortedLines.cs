using System.Text.Json.Serialization.Metadata;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>A file of lines whose numbers go up: too long to be kept in memory, so what is wanted is looked up in it.</summary>
internal static class SortedLines
{
    private const int Piece = 1 << 16;

    /// <summary>Lines with a higher number, in order.</summary>
    /// <param name="full">The file.</param>
    /// <param name="type">Form of a line.</param>
    /// <param name="number">Number of a line.</param>
    /// <param name="after">The number.</param>
    /// <param name="holds">What a line must hold to be read at all.</param>
    public static List<T> After<T>(string full, JsonTypeInfo<T> type, Func<T, long> number, long after, IReadOnlyList<byte[]> holds)
        where T : class
    {
        var found = new List<T>();
        if (!File.Exists(full))
        {
            return found;
        }

        using var file = Open(full);
        T Parse(Line line) => JsonText.Read(line.Text, type, full, () => NumberOf(full, line.Start));

        // The first byte from which on all lines that begin are wanted; a line is wanted if any before it is.
        var (low, high) = (0L, file.Length);
        while (after > 0 && high - low > Piece)
        {
            var middle = low + ((high - low) / 2);
            if (From(file, middle).FirstOrDefault() is { } line && number(Parse(line)) <= after)
            {
                low = line.Start;
            }
            else
            {
                high = middle;
            }
        }

        foreach (var line in From(file, low, isStart: true))
        {
            if (holds.All(text => line.Text.AsSpan().IndexOf(text) >= 0) && Parse(line) is var value && number(value) > after)
            {
                found.Add(value);
            }
        }

        return found;
    }

    /// <summary>The last line; null where there is none.</summary>
    public static byte[]? LastIn(string full)
    {
        if (!File.Exists(full))
        {
            return null;
        }

        using var file = Open(full);
        for (var back = 4096L; ; back *= 16)
        {
            var from = Math.Max(0, file.Length - back);
            var lines = From(file, from, isStart: from == 0).ToList();
            if (lines.Count > 0 || from == 0)
            {
                return lines.LastOrDefault()?.Text;
            }
        }
    }

    /// <summary>How long a file is, and whether its last line is ended.</summary>
    public static (long Length, bool IsWhole) EndOf(string full)
    {
        if (!File.Exists(full))
        {
            return (0, true);
        }

        using var file = Open(full);
        if (file.Length == 0)
        {
            return (0, true);
        }

        file.Position = file.Length - 1;
        return (file.Length, file.ReadByte() == '\n');
    }

    private static FileStream Open(string full) => new(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Piece);

    private static int NumberOf(string full, long start)
    {
        using var file = Open(full);
        return 1 + From(file, 0, isStart: true).TakeWhile(line => line.Start < start).Count();
    }

    /// <summary>Lines that begin behind a place, or at it where that is known to be the start of one; empty ones are left out.</summary>
    private static IEnumerable<Line> From(FileStream file, long at, bool isStart = false)
    {
        file.Position = at;
        var (piece, text, start, skips) = (new byte[Piece], new List<byte>(), at, !isStart);
        while (file.Read(piece) is > 0 and var length)
        {
            for (var from = 0; from < length;)
            {
                var end = piece.AsSpan(from, length - from).IndexOf((byte)'\n');
                text.AddRange(piece.AsSpan(from, end < 0 ? length - from : end));
                if (end < 0)
                {
                    break;
                }

                if (!skips && text.Count > 0)
                {
                    yield return new(start, [.. text]);
                }

                (skips, from, start) = (false, from + end + 1, at + from + end + 1);
                text.Clear();
            }

            at += length;
        }

        if (!skips && text.Count > 0)
        {
            yield return new(start, [.. text]);
        }
    }

    private sealed record Line(long Start, byte[] Text);
}
