using System.Globalization;

namespace LinodeEmulator.Time;

/// <summary>The API's times: UTC to the second, without zone or fraction.</summary>
internal static class ApiTime
{
    public static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    public static DateTime Read(string text) => DateTime.ParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static string? Text(DateTime? time) => time is { } known ? Text(known) : null;
}
