using System.Globalization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>The API's clock: wall time of New York, daylight saving included, although nothing says so.</summary>
/// <remarks>By the law in force since 2007, and not by the machine's table of zones, which small containers lack.</remarks>
internal static class NewYorkTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    /// <summary>A moment from <c>2017-05-20 17:06:40.0</c>; null where it is none.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTime.TryParseExact(text?.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) && wall.Year is > 1 and < 9999
            ? ToUtc(wall)
            : null;

    /// <summary>Of the hour that autumn has twice the earlier one is meant: nothing tells them apart.</summary>
    public static DateTimeOffset ToUtc(DateTime wall) =>
        new DateTimeOffset(wall, TimeSpan.FromHours(IsDaylight(wall) ? -4 : -5)).ToUniversalTime();

    /// <summary>Whether an hour after such a moment the clock showed the very same once more.</summary>
    public static bool IsTwice(DateTimeOffset moment) =>
        moment.UtcDateTime.AddHours(-4) is var wall && Autumn(wall.Year) is var back && wall >= back.AddHours(-1) && wall < back;

    // From two o'clock on the second Sunday of March to two o'clock on the first of November.
    private static bool IsDaylight(DateTime wall) =>
        wall >= Sunday(new(wall.Year, 3, 8, 2, 0, 0)) && wall < Autumn(wall.Year);

    private static DateTime Autumn(int year) => Sunday(new(year, 11, 1, 2, 0, 0));

    private static DateTime Sunday(DateTime onOrAfter) => onOrAfter.AddDays((7 - (int)onOrAfter.DayOfWeek) % 7);
}
