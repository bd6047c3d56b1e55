using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Whose a thing is, where there are no tags: volumes and balancers have the end of their owner's mark at the end of their label.</summary>
/// <remarks>A node has the whole mark for its display group, a StackScript for its description; those of an image stand at the end of its own.</remarks>
internal static partial class V3Marks
{
    private const int Longest = 32; // characters of a label of either
    private const int HashLength = 6;
    private const string Unknown = "lct:…";

    /// <summary>The label a thing gets: the plan's, and the end of its owner's mark.</summary>
    /// <param name="label">Label of the plan.</param>
    /// <param name="owner">The whole mark; null leaves the label as it is.</param>
    public static string Mark(string label, string? owner)
    {
        if (owner is null)
        {
            return label;
        }

        var end = $"-lct{owner[^8..]}";
        var room = Longest - end.Length;
        return (label.Length <= room ? label : $"{label[..(room - HashLength - 1)].TrimEnd('-', '_')}-{HashOf(label)}") + end;
    }

    /// <summary>What is left of a label when it is read again.</summary>
    public static string Seen(string label) => Read(Mark(label, "lct:00000000"), null).Label;

    /// <summary>A label without its mark, and the tags that such a thing would carry.</summary>
    /// <param name="label">Label in the cloud.</param>
    /// <param name="asked">The mark that was asked for, which stands for its end; null where none was.</param>
    public static (string Label, IReadOnlyList<string> Tags) Read(string label, string? asked)
    {
        if (Form().Match(label) is not { Success: true } match)
        {
            return (label, []);
        }

        var end = match.Groups[2].Value;
        return (match.Groups[1].Value, [asked?.EndsWith(end, StringComparison.Ordinal) == true ? asked : Unknown + end]);
    }

    /// <summary>The description of an image, with its marks at the end.</summary>
    public static string Describe(string description, IReadOnlyList<string> marks) => marks.Count == 0 ? description
        : $"{description}{(description.Length > 0 ? " " : "")}[{string.Join(' ', marks)}]";

    /// <summary>A description without its marks, and the marks.</summary>
    public static (string Description, IReadOnlyList<string> Tags) ReadDescription(string description) =>
        DescriptionForm().Match(description) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value.Split(' ')) : (description, []);

    /// <summary>Whether a mark that was read, perhaps its end alone, is this owner's.</summary>
    public static bool IsOf(string mark, string owner) =>
        mark == owner || (mark.StartsWith(Unknown, StringComparison.Ordinal) && owner.EndsWith(mark[Unknown.Length..], StringComparison.Ordinal));

    // Two long labels that begin alike stay two.
    private static string HashOf(string label) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(label)))[..HashLength];

    [GeneratedRegex(@"^(.*?) ?\[(lct[^\]\s]*(?: [^\]\s]+)*)\]$", RegexOptions.Singleline)]
    private static partial Regex DescriptionForm();

    [GeneratedRegex("^(.+)-lct([0-9a-f]{8})$")]
    private static partial Regex Form();
}
