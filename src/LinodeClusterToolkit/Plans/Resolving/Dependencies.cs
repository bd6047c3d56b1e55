using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Reading;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>Which groups start before which.</summary>
internal static class Dependencies
{
    /// <summary>Names of the groups that a group depends on, in all regions, itself left out where a tag of its own picks it.</summary>
    public static IReadOnlyList<string> Of(NodeGroup group, IReadOnlyList<PlannedRegion> regions)
    {
        var all = regions.SelectMany(region => region.Groups).ToArray();
        return [.. (group.DependsOn ?? []).SelectMany(selector => Selectors.Pick(selector.Value, all).Groups
            .Where(name => name != group.Name!.Value || name == selector.Value)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Groups that wait for each other, the first again at the end, and where that is said; null where there are none.</summary>
    public static (PlanPlace Place, IReadOnlyList<string> Circle)? Circle(IReadOnlyList<PlannedRegion> regions)
    {
        var said = new Dictionary<string, PlanPlace>(StringComparer.Ordinal);
        var needs = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var group in regions.SelectMany(region => region.Groups).Where(group => group.DependsOn is [_, ..]))
        {
            said.TryAdd(group.Name!.Value, group.DependsOn![0].Place);
            needs.TryAdd(group.Name.Value, []);
            needs[group.Name.Value].UnionWith(Of(group, regions));
        }

        var (done, path) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var start in needs.Keys)
        {
            if (From(start) is { } circle)
            {
                return (said[circle[0]], circle);
            }
        }

        return null;

        IReadOnlyList<string>? From(string group)
        {
            if (path.IndexOf(group) is >= 0 and var at)
            {
                return [.. path[at..], group];
            }

            if (!done.Add(group) || !needs.TryGetValue(group, out var before))
            {
                return null;
            }

            path.Add(group);
            foreach (var first in before)
            {
                if (From(first) is { } circle)
                {
                    return circle;
                }
            }

            path.RemoveAt(path.Count - 1);
            return null;
        }
    }
}
