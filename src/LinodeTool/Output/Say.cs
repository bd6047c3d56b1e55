using System.Text;

namespace LinodeTool.Output;

/// <summary>Words, amounts and spans as people read them; the same in every locale.</summary>
internal static class Say
{
    public static string Money(decimal amount) => FormattableString.Invariant($"${amount:#,##0.00}");

    public static string Hourly(decimal amount) => FormattableString.Invariant($"${amount:#,##0.00##}/h");

    public static string Count(int number, string thing, string? several = null) => $"{number} {(number == 1 ? thing : several ?? $"{thing}s")}";

    public static string Bytes(long number) => FormattableString.Invariant($"{number / 1e6:0.0} MB");

    /// <summary>A span as <c>42s</c>, <c>2m51s</c> or <c>1h02m</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => FormattableString.Invariant($"{Math.Max(0, (int)span.TotalSeconds)}s"),
        { TotalMinutes: < 60 } => FormattableString.Invariant($"{(int)span.TotalMinutes}m{span.Seconds:00}s"),
        _ => FormattableString.Invariant($"{(int)span.TotalHours}h{span.Minutes:00}m"),
    };

    /// <summary>A span of days as <c>3d04h</c>, a shorter one as <see cref="Span"/> has it.</summary>
    public static string Age(TimeSpan span) => span.TotalDays < 1 ? Span(span) : FormattableString.Invariant($"{span.Days}d{span.Hours:00}h");

    /// <summary>A span as a clock shows it: <c>04:12</c>.</summary>
    public static string Clock(TimeSpan span) => span.TotalHours < 1
        ? FormattableString.Invariant($"{(int)span.TotalMinutes:00}:{span.Seconds:00}")
        : FormattableString.Invariant($"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}");

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'",
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Text from elsewhere made harmless for a terminal: control characters are shown, never sent.</summary>
    public static string Plain(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            _ = char.IsControl(letter) ? safe.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}") : safe.Append(letter);
        }

        return safe.ToString();
    }
}
