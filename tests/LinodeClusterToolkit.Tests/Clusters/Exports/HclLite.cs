using System.Text.RegularExpressions;

namespace LinodeClusterToolkit.Tests.Clusters.Exports;

/// <summary>As much of Terraform's grammar as our blocks need: comments, blocks, and attributes that are strings or names.</summary>
internal static partial class HclLite
{
    /// <summary>Blocks of the top level, each with its attributes, by lines as they must be.</summary>
    public static List<(string Type, Dictionary<string, string> Attributes)> Read(string text)
    {
        var (blocks, depth) = (new List<(string, Dictionary<string, string>)>(), new Stack<string>());
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (Opening().Match(line) is { Success: true } opening)
            {
                if (depth.Count == 0)
                {
                    blocks.Add((opening.Groups[1].Value, new(StringComparer.Ordinal)));
                }

                depth.Push(opening.Groups[1].Value);
            }
            else if (line == "}")
            {
                depth.Pop();
            }
            else
            {
                var attribute = Attribute().Match(line);
                Assert.True(attribute.Success && depth.Count > 0, $"no line of HCL: {line}");
                blocks[^1].Item2.Add(attribute.Groups[1].Value, attribute.Groups[2].Value.Trim('"'));
            }
        }

        Assert.Empty(depth);
        return blocks;
    }

    // A block, or an attribute that is an object.
    [GeneratedRegex("""^([A-Za-z_][\w-]*)(?: = )? ?\{$""")]
    private static partial Regex Opening();

    // A string without escapes and templates, or an address: type and name.
    [GeneratedRegex("""^([A-Za-z_][\w-]*) += ("[^"\\$%{]*"|[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*)$""")]
    private static partial Regex Attribute();
}
