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
        PlannedChange[] found = [.. Finders.SelectMany(find => find(scene)).Select(Timed)];

        // What is made anew gets the rest with it.
        var anew = found.Where(change => change.Way == ChangeWay.Rebuild).Select(change => change.Node).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. found.Where(change => change.Node is null || !anew.Contains(change.Node) || change.Way is not ChangeWay.InPlace || !IsInside(change))
                .OrderBy(change => Order(change.Way)).ThenBy(change => change.What, StringComparer.Ordinal)
                .ThenBy(change => change.Region, StringComparer.Ordinal).ThenBy(change => change.Group, StringComparer.Ordinal),
        ];
    }

    private static bool IsInside(PlannedChange change) =>
        change.Rule == ChangeRules.NodeUsers.Id || change.Rule == ChangeRules.NodeSsh.Id || change.Rule == ChangeRules.Services.Id;

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
