using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Keeps a person from starting or stopping a part of a cluster against the plan's order by accident.</summary>
internal static class PowerOrder
{
    public static void DemandGroups(IReadOnlyCollection<NodeRecord> nodes, IReadOnlySet<string>? only)
    {
        var known = nodes.Where(node => node.State != NodeState.Gone).Select(node => node.Group).Distinct(StringComparer.Ordinal).ToArray();
        if (only?.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new LinodeToolkitException(ClusterProblems.NoSuch("group", unknown, Hints.Nearest(unknown, known) is { Count: > 0 } near ? near : known));
        }
    }

    /// <summary>Throws where a group that is to start depends on one that is off and stays off.</summary>
    public static void DemandStartable(ResolvedPlan plan, IReadOnlyCollection<NodeRecord> nodes, StartRequest request) =>
        Demand(plan, request.Only, request.Force, ClusterProblems.NeedsGroup,
            (group, needed) => Contains(request.Only, group) && !Contains(request.Only, needed)
                && Any(nodes, needed, node => node.State == NodeState.Stopped));

    /// <summary>Throws where a group that is to stop is needed by one that runs on.</summary>
    public static void DemandStoppable(ResolvedPlan plan, IReadOnlyCollection<NodeRecord> nodes, StopRequest request) =>
        Demand(plan, request.Only, request.Force, ClusterProblems.NeededByGroup,
            (group, needed) => Contains(request.Only, needed) && !Contains(request.Only, group) && Any(nodes, group, ChangePlanner.IsToStop));

    private static void Demand(
        ResolvedPlan plan, IReadOnlySet<string>? only, bool force, Func<string, string, Problem> problem, Func<string, string, bool> isAgainst)
    {
        if (only is null || force)
        {
            return;
        }

        var against = from region in plan.Regions
                      from grp in region.Groups
                      from needed in grp.DependsOn
                      where isAgainst(grp.Name, needed)
                      select problem(grp.Name, needed);
        if (against.FirstOrDefault() is { } first)
        {
            throw new LinodeToolkitException(first);
        }
    }

    private static bool Contains(IReadOnlySet<string>? only, string group) => only!.Contains(group);

    private static bool Any(IReadOnlyCollection<NodeRecord> nodes, string group, Func<NodeRecord, bool> what) =>
        nodes.Any(node => node.Group == group && what(node));
}
