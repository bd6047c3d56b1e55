using System.Globalization;

namespace LinodeClusterToolkit.Inventory.Queries;

/// <summary>Times as people type them: spans such as <c>1h30m</c>, and dates with as much of a time as matters.</summary>
internal static class QuerySpans
{
    public const string Spans = "a span with its unit, such as 30m, 12h, 3d or 2w";
    public const string Dates = "a date, such as 2026-03-01 or 2026-03-01T12:30Z";

    // What is written is all of what it leaves open: a day, a minute, a second.
    private static readonly (string Format, TimeSpan Length)[] Precisions =
    [
        ("yyyy-MM-dd", TimeSpan.FromDays(1)), ("yyyy-MM-dd'T'HH:mm", TimeSpan.FromMinutes(1)), ("yyyy-MM-dd'T'HH:mmK", TimeSpan.FromMinutes(1)),
        ("yyyy-MM-dd'T'HH:mm:ss", TimeSpan.FromSeconds(1)), ("yyyy-MM-dd'T'HH:mm:ssK", TimeSpan.FromSeconds(1)),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", TimeSpan.FromTicks(1)), ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", TimeSpan.FromTicks(1)),
    ];

    /// <summary>A span; null where it is none.</summary>
    public static TimeSpan? Span(string text)
    {
        var (total, digits) = (0m, "");
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter) && digits.Length < 9)
            {
                digits += letter;
                continue;
            }

            var unit = letter switch
            {
                's' => TimeSpan.TicksPerSecond,
                'm' => TimeSpan.TicksPerMinute,
                'h' => TimeSpan.TicksPerHour,
                'd' => TimeSpan.TicksPerDay,
                'w' => 7 * TimeSpan.TicksPerDay,
                _ => 0,
            };
            if (digits.Length == 0 || unit == 0)
            {
                return null;
            }

            total += decimal.Parse(digits, CultureInfo.InvariantCulture) * unit;
            digits = "";
        }

        return digits.Length > 0 || text.Length is 0 or > 60 ? null : TimeSpan.FromTicks((long)Math.Min(total, long.MaxValue));
    }

    /// <summary>From when to before when a text goes, UTC unless it says otherwise; null where it is no date.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until)? Moment(string text)
    {
        foreach (var (format, length) in Precisions)
        {
            var written = text.Replace(' ', 'T');
            if (DateTimeOffset.TryParseExact(written, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from))
            {
                return (from, from.UtcTicks < DateTimeOffset.MaxValue.UtcTicks - length.Ticks ? from + length : DateTimeOffset.MaxValue);
            }
        }

        return null;
    }
}
