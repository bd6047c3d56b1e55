using LinodeClusterToolkit.Changes;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>Finds all in which a cluster differs from a plan, and by which rule each is dealt with; pure.</summary>
internal static class ChangeFinder
{
    private static readonly IReadOnlyList<Func<ApplyScene, IEnumerable<PlannedChange>>> Finders =
        [NodeFinder.Find, LayoutFinder.Find, InsideFinder.Find, VolumeFinder.Find, BalancerFinder.Find, FirewallFinder.Find, PlanFinder.Find];

    /// <summary>The differences, in the order in which they are told.</summary>
    public static IReadOnlyList<PlannedChange> Find(ApplyScene scene)
    {
        return
        [
            .. Finders.SelectMany(find => find(scene)).Select(Timed)
                .OrderBy(change => Order(change.Way)).ThenBy(change => change.What, StringComparer.Ordinal)
                .ThenBy(change => change.Region, StringComparer.Ordinal).ThenBy(change => change.Group, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether it comes by itself with a node that is made anew.</summary>
    public static bool ComesAnew(PlannedChange change) => Inside.Contains(change.Rule);

    private static readonly IReadOnlySet<string> Inside = new[]
    {
        ChangeRules.NodeUsers, ChangeRules.NodeSsh, ChangeRules.Services, ChangeRules.VolumeMount, ChangeRules.VolumeAdded, ChangeRules.VolumeLost,
        ChangeRules.VolumeLoose,
    }.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);

    private static int Order(ChangeWay way) => way switch
    {
        ChangeWay.Refused => 0,
        ChangeWay.Remove => 1,
        ChangeWay.Rebuild => 2,
        ChangeWay.Reboot => 3,
        ChangeWay.InPlace => 4,
        ChangeWay.Add => 5,
        _ => 6,
    };

    private static PlannedChange Timed(PlannedChange change) => change with { Seconds = LeastSeconds.Of(change) };
}
