using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>What a tag or group name picks.</summary>
internal static class Selectors
{
    /// <summary>The names by which a group can be picked.</summary>
    public static IEnumerable<string> NamesOf(NodeGroup group) => TagsOf(group).Prepend(group.Name!.Value);

    /// <summary>The selector where something has that name, else what was meant by it, else null; reports what is not known.</summary>
    public static string? Meant(PlanReading reading, Located<string> selector, IReadOnlySet<string> known)
    {
        if (known.Contains(selector.Value))
        {
            return selector.Value;
        }

        var meant = reading.Guess(selector.Value, [.. known], selector.Place,
            nearest => PlanProblems.SelectsNothing(selector.Value, nearest, known), near => PlanProblems.SelectorReadAs(selector.Value, near));
        if (meant is not null)
        {
            reading.Correct(selector.Place, meant);
        }

        return meant;
    }

    /// <summary>The groups picked, and in words how.</summary>
    public static (IReadOnlyList<string> Groups, string How) Pick(string selector, IReadOnlyList<NodeGroup> groups)
    {
        var byName = groups.Where(group => group.Name!.Value == selector).ToArray();
        var byTag = groups.Where(group => TagsOf(group).Contains(selector)).ToArray();
        var how = (byName.Length, byTag.Length) switch
        {
            (0, _) => $"the tag {selector} of {string.Join(", ", byTag.Select(group => group.Name!.Value))}",
            (_, 0) => $"the group {selector}",
            _ => $"the group {selector} and the tag {selector} of {string.Join(", ", byTag.Select(group => group.Name!.Value))}",
        };
        return ([.. byName.Concat(byTag).Select(group => group.Name!.Value).Distinct()], how);
    }

    private static IEnumerable<string> TagsOf(NodeGroup group) => group.Tags?.Select(tag => tag.Value) ?? [];
}
