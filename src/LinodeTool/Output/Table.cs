namespace LinodeTool.Output;

/// <summary>A column: its name is also its name for <c>--columns</c>.</summary>
internal sealed record Column<T>(string Name, Func<T, string?> Cell)
{
    /// <summary>Shown by <c>-o wide</c> and on request only.</summary>
    public bool Wide { get; init; }

    public bool Right { get; init; }
}

/// <summary>Aligned text without boxes; never cut, since the next program or the terminal knows better.</summary>
internal static class Table
{
    private const string Gap = "  ";

    public static IEnumerable<string> Lines<T>(IReadOnlyList<T> rows, IReadOnlyList<Column<T>> columns, bool header)
    {
        var cells = rows.Select(row => columns.Select(column => Say.Plain(column.Cell(row) ?? "-")).ToArray()).ToList();
        if (header)
        {
            cells.Insert(0, [.. columns.Select(column => column.Name.ToUpperInvariant())]);
        }

        var widths = columns.Select((_, i) => cells.Select(row => row[i].Length).DefaultIfEmpty().Max()).ToArray();
        return cells.Select(row => string.Join(Gap, row.Select((cell, i) =>
            columns[i].Right ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }
}
