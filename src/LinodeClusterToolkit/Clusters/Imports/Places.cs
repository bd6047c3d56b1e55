using System.Globalization;
using System.Text.RegularExpressions;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>Which group and number nodes get that no record knows yet.</summary>
/// <param name="plan">The plan they were made from, or null.</param>
/// <param name="taken">Keys that are taken.</param>
internal sealed partial class Places(ResolvedPlan? plan, IEnumerable<string> taken)
{
    private readonly HashSet<string> keys = new(taken, StringComparer.Ordinal);
    private readonly Dictionary<string, ResolvedNode> planned = plan?.Nodes.ToDictionary(node => node.Label, StringComparer.Ordinal) ?? [];

    /// <summary>The node that the plan gives this label.</summary>
    public ResolvedNode? PlannedFor(CloudNode node) => planned.GetValueOrDefault(node.Label);

    /// <summary>The place of a node: by its plan, else by the state that names it, else by its label.</summary>
    public (string Group, int Ordinal, string Key) Of(CloudNode node, StateThing? thing)
    {
        var (group, ordinal) = PlannedFor(node) is { } wanted ? (wanted.Group, wanted.Ordinal)
            : thing is not null ? (thing.Group, thing.Number ?? 1) : ByLabel(node);
        while (!keys.Add(KeyOf(node.Region, group, ordinal)))
        {
            ordinal++;
        }

        return (group, ordinal, KeyOf(node.Region, group, ordinal));
    }

    /// <summary>The group of a resource: its name, after those of its modules; <c>this</c>, as modules call their subject, says nothing.</summary>
    public static string GroupOf(string? module, string name)
    {
        var modules = module is null ? [] : NameInModule().Matches(module).SelectMany(match => match.Groups.Values.Skip(1));
        var parts = modules.Select(part => part.Value).Append(module is not null && name == "this" ? "" : name)
            .Select(part => NotInNames().Replace(part, "-").Trim('-', '.')).Where(part => part.Length > 0);
        return string.Join('-', parts) is { Length: > 0 } group ? group : "node";
    }

    // A label made by default says group and number; of any other the letters before its number stand for the group.
    private static (string Group, int Ordinal) ByLabel(CloudNode node)
    {
        var at = node.Label.IndexOf($"-{node.Region}-", StringComparison.Ordinal);
        var parts = NumberAtEnd().Match(at < 0 ? node.Label : node.Label[(at + node.Region.Length + 2)..]);
        var group = parts.Groups[1].Value is { Length: > 0 } name ? name.Trim('-', '_', '.') : "node";
        return (group, int.TryParse(parts.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1);
    }

    private static string KeyOf(string region, string group, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{region}/{group}/{ordinal}");

    [GeneratedRegex(@"^(.*?)(\d{0,9})$")]
    private static partial Regex NumberAtEnd();

    // module.shop["eu"].module.web: names, each with its key.
    [GeneratedRegex("""module\.([A-Za-z0-9_-]+)(?:\[(?:"((?:[^"\\]|\\.)*)"|(\d+))\])?""")]
    private static partial Regex NameInModule();

    [GeneratedRegex("[^A-Za-z0-9_.-]+")]
    private static partial Regex NotInNames();
}
