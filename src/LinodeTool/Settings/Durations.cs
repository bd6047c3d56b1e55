using System.Globalization;
using LinodeClusterToolkit.Diagnostics;
using LinodeTool.Grammar;

namespace LinodeTool.Settings;

/// <summary>Spans of time as people type them: <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>2d</c>.</summary>
internal static class Durations
{
    public static TimeSpan Parse(string option, string text)
    {
        var (total, digits) = (TimeSpan.Zero, "");
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter) && digits.Length < 8)
            {
                digits += letter;
                continue;
            }

            var number = digits.Length > 0 ? int.Parse(digits, CultureInfo.InvariantCulture) : throw Bad(option, text);
            total += letter switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => throw Bad(option, text),
            };
            digits = "";
        }

        return digits.Length == 0 && total > TimeSpan.Zero ? total : throw Bad(option, text);
    }

    private static LinodeToolkitException Bad(string option, string text) =>
        new(UsageProblems.BadValue(option, text, "a time with its unit, such as 90s, 10m or 1h30m"));
}
