using LinodeClusterToolkit.Plans.Model;
using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>Which groups need the region's own network, because they call each other's services there.</summary>
internal static class Links
{
    /// <summary>Names of the groups of a region that provide or use, among themselves, what is not open to everybody.</summary>
    /// <remarks>By their public addresses, which nobody knows beforehand, the Cloud Firewall would not let them through to each other.</remarks>
    public static IReadOnlySet<string> Of(PlannedRegion region, IReadOnlyList<ResolvedService> services)
    {
        var linked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in services.Where(service => !service.Anywhere))
        {
            var providers = Names(region, group => group.Provides, service).ToArray();
            var users = Names(region, group => group.Uses, service).Where(service.LetsIn).ToArray();
            if (providers.Length > 0 && users.Length > 0)
            {
                linked.UnionWith(providers.Concat(users));
            }
        }

        return linked;
    }

    private static IEnumerable<string> Names(
        PlannedRegion region, Func<NodeGroup, IReadOnlyList<Located<string>>?> said, ResolvedService service) =>
        region.Groups.Where(group => said(group)?.Any(name => name.Value == service.Name) == true).Select(group => group.Name!.Value);
}
