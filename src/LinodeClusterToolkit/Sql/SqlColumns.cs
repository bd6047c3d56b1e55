using System.Data.Common;
using System.Globalization;

namespace LinodeClusterToolkit.Sql;

/// <summary>How values stand in columns, so that they sort rightly and can be read by people.</summary>
internal static class SqlColumns
{
    /// <summary>UTC with all its digits: text order is time order.</summary>
    public static string Text(this DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>As a number: the databases do not agree on truth values.</summary>
    public static long Flag(this bool on) => on ? 1 : 0;

    /// <summary>A list of places for values: <c>$3, $4</c>.</summary>
    public static string Places(int first, int count) =>
        string.Join(", ", Enumerable.Range(first, count).Select(at => $"${at.ToString(CultureInfo.InvariantCulture)}"));

    public static DateTimeOffset GetTime(this DbDataReader row, int column) =>
        DateTimeOffset.Parse(row.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static DateTimeOffset? FindTime(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetTime(column);

    public static string? FindText(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? FindWhole(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static bool GetFlag(this DbDataReader row, int column) => row.GetInt64(column) != 0;

    public static T GetWord<T>(this DbDataReader row, int column) where T : struct, Enum => Enum.Parse<T>(row.GetString(column));
}
