using System.Globalization;

namespace LinodeEmulator.Time;

/// <summary>The times of API v3: the wall time of America/New_York, without saying so. Its rules stand here, so that no machine needs to have
/// them.</summary>
internal static class NewYork
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone(
        "America/New_York", TimeSpan.FromHours(-5), "New York", "EST", "EDT",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                new DateTime(2007, 1, 1), DateTime.MaxValue.Date, TimeSpan.FromHours(1), Sunday(month: 3, week: 2), Sunday(month: 11, week: 1)),
        ]);

    /// <summary><c>2017-05-04 17:06:35.0</c>, or nothing at all.</summary>
    public static string Text(DateTime? utc) => utc is { } known ? Plain(known) + ".0" : "";

    /// <summary>The same without a fraction.</summary>
    public static string Plain(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone)
        .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static TimeZoneInfo.TransitionTime Sunday(int month, int week) =>
        TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), month, week, DayOfWeek.Sunday);
}
