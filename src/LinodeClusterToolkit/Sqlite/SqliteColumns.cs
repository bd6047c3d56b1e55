using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LinodeClusterToolkit.Sqlite;

/// <summary>How values stand in columns, so that they sort rightly and can be read by people.</summary>
internal static class SqliteColumns
{
    /// <summary>UTC with all its digits: text order is time order.</summary>
    public static string Text(this DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset GetTime(this SqliteDataReader row, int column) =>
        DateTimeOffset.Parse(row.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static DateTimeOffset? FindTime(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetTime(column);

    public static string? FindText(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? FindWhole(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
