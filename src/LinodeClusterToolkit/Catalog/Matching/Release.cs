using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Catalog.Matching;

/// <summary>The release number of a distribution, such as 24.04.</summary>
internal static partial class Release
{
    public static Version Unknown { get; } = new(0, 0);

    public static Version Of(Image image) => In(image.Label);

    /// <summary>The first number in a text; <see cref="Unknown"/> where there is none.</summary>
    public static Version In(string text)
    {
        var number = Number().Match(text).Value;
        return Version.TryParse(number.Contains('.') ? number : $"{number}.0", out var release) ? release : Unknown;
    }

    [GeneratedRegex(@"\d+(\.\d+){0,3}", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
