using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Plans;

/// <summary>Something that a StackScript asks for, by a tag in its text.</summary>
/// <param name="Name">Name of the value, and of the variable the script finds it in.</param>
/// <param name="Label">The question.</param>
/// <param name="Default">Value where none is given; null asks for one.</param>
internal sealed partial record StackScriptField(string Name, string Label, string? Default)
{
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <summary>What may be chosen; null leaves it open.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>True where several choices may be made, with commas between them.</summary>
    public bool TakesSeveral { get; init; }

    // Raw shape: # <UDF name="db" label="Which" oneOf="a,b" default="a" />

    /// <summary>All that a script asks for, in its order.</summary>
    public static IReadOnlyList<StackScriptField> Of(string script) =>
        [.. Tags().Matches(script).Select(tag => Field(tag.Groups[1].Value)).OfType<StackScriptField>().DistinctBy(field => field.Name)];

    private static StackScriptField? Field(string attributes)
    {
        var said = Attributes().Matches(attributes)
            .DistinctBy(found => found.Groups[1].Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(found => found.Groups[1].Value, found => found.Groups[2].Value, StringComparer.OrdinalIgnoreCase);
        if (said.GetValueOrDefault("name") is not { Length: > 0 } name)
        {
            return null;
        }

        var several = said.GetValueOrDefault("manyof");
        return new(name, said.GetValueOrDefault("label") ?? name, said.GetValueOrDefault("default"))
        {
            Choices = (several ?? said.GetValueOrDefault("oneof"))?.Split(',', Trimmed),
            TakesSeveral = several is not null,
        };
    }

    // Bounded and without a way back: a text full of tags that never end costs little.
    [GeneratedRegex("<UDF\\s((?>(?:[^>\"']|\"[^\"]*\"|'[^']*'){0,2000}))>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(
        "([a-z]+)\\s*=\\s*(?:\"(?<2>[^\"]*)\"|'(?<2>[^']*)'|(?<2>[^\\s\"'/]+))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Attributes();
}
