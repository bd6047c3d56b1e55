using System.Globalization;
using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>What single values mean.</summary>
internal static partial class Scalars
{
    public static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "yes" or "on" or "true" => true,
        "no" or "off" or "false" => false,
        _ => null,
    };

    /// <summary>A whole number in decimal digits; huge ones come out as huge as they can.</summary>
    public static long? Whole(string text) =>
        !WholeNumber().IsMatch(text) ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : text[0] == '-' ? long.MinValue : long.MaxValue;

    public static TimeSpan? Duration(string text)
    {
        var match = Time().Match(text);
        return match.Success && text.Length > 0
            ? new TimeSpan(Part(match, "hours"), Part(match, "minutes"), Part(match, "seconds"))
            : null;
    }

    private static int Part(Match match, string name) =>
        match.Groups[name] is { Success: true } part ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^-?[0-9]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();

    [GeneratedRegex("^(?:(?<hours>[0-9]{1,4})h)?(?:(?<minutes>[0-9]{1,4})m)?(?:(?<seconds>[0-9]{1,6})s)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
