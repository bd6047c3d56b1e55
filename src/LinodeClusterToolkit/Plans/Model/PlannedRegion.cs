using LinodeClusterToolkit.Plans.Yaml;

namespace LinodeClusterToolkit.Plans.Model;

/// <summary>A region with all that the plan says about it, region plan and defaults worked in.</summary>
/// <param name="Region">The region as the plan names it.</param>
/// <param name="Groups">Its groups, each with a name.</param>
/// <param name="Balancers">Its balancers.</param>
/// <param name="Counters">Counters of this region.</param>
internal sealed record PlannedRegion(
    Located<string> Region, IReadOnlyList<NodeGroup> Groups, IReadOnlyList<Balancer> Balancers, IReadOnlySet<string> Counters);

/// <summary>What a region or region plan holds, as it was read.</summary>
internal sealed record RegionContent(
    IReadOnlyList<NodeGroup> Groups, IReadOnlyList<Balancer> Balancers, IReadOnlyList<Located<string>> Counters)
{
    public static RegionContent Empty { get; } = new([], [], []);
}
