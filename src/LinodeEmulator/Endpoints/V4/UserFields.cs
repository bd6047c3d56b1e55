using System.Text.RegularExpressions;
using LinodeEmulator.Wire;

namespace LinodeEmulator.Endpoints.V4;

/// <summary>The fields that a StackScript asks for: tags of the form <c>&lt;UDF name="a" label="b" default="c" /&gt;</c> in its text.</summary>
internal static partial class UserFields
{
    public static IReadOnlyList<UserField> Of(string script) =>
        [.. Tags().Matches(script).Select(tag => Field(tag.Groups[1].Value)).OfType<UserField>()];

    private static UserField? Field(string attributes)
    {
        var values = Attributes().Matches(attributes)
            .DistinctBy(found => found.Groups[1].Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(found => found.Groups[1].Value, found => found.Groups[2].Value + found.Groups[3].Value, StringComparer.OrdinalIgnoreCase);
        return values.TryGetValue("name", out var name)
            ? new UserField(name, values.GetValueOrDefault("label") ?? name, values.GetValueOrDefault("example") ?? "")
            {
                Default = values.GetValueOrDefault("default"),
                OneOf = values.GetValueOrDefault("oneof"),
                ManyOf = values.GetValueOrDefault("manyof"),
            }
            : null;
    }

    [GeneratedRegex("<UDF\\s([^>]*?)/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    [GeneratedRegex("([a-z]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')", RegexOptions.IgnoreCase)]
    private static partial Regex Attributes();
}
