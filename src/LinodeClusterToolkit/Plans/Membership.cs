using LinodeClusterToolkit.Naming;

namespace LinodeClusterToolkit.Plans;

/// <summary>Changes which nodes a resolved plan has; pure. Nobody else's name is touched, and no number is given twice.</summary>
/// <param name="counters">The running counters, which go on.</param>
/// <param name="shortLabels">True where the API takes short labels only.</param>
internal sealed class Membership(CounterBook counters, bool shortLabels)
{
    /// <summary>The plan without these nodes.</summary>
    public static ResolvedPlan Without(ResolvedPlan plan, IReadOnlySet<string> keys) => Each(
        plan, (_, group) => group.Nodes.Any(node => keys.Contains(node.Key)) ? [.. group.Nodes.Where(node => !keys.Contains(node.Key))] : null);

    /// <summary>The plan with a group of a size: those with the highest numbers go, new ones get the next numbers.</summary>
    public ResolvedPlan Sized(ResolvedPlan plan, string region, string name, int count) => With(Each(plan, (at, group) =>
    {
        if (at != region || group.Name != name || group.Nodes.Count == count)
        {
            return null;
        }

        foreach (var node in group.Nodes)
        {
            counters.Passed($"{region}/{name}", node.Ordinal);
        }

        var volumes = LabelsOf(plan);
        return
        [
            .. group.Nodes.Take(count),
            .. Enumerable.Range(0, Math.Max(0, count - group.Nodes.Count)).Select(_ => Model(group).Next(counters, volumes, shortLabels)),
        ];
    }));

    /// <summary>The plan with a node that was taken out before, under its old number and names.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="region">Region id.</param>
    /// <param name="name">Name of the group.</param>
    /// <param name="ordinal">Its number.</param>
    /// <param name="named">What it was called; null where nothing is known of it.</param>
    public ResolvedPlan Inserted(ResolvedPlan plan, string region, string name, int ordinal, Func<ResolvedNode, ResolvedNode> named) => With(Each(
        plan, (at, group) => at != region || group.Name != name ? null :
        [
            .. group.Nodes.Append(named(Model(group).At(ordinal, counters, LabelsOf(plan), shortLabels))).OrderBy(node => node.Ordinal),
        ]));

    private ResolvedPlan With(ResolvedPlan plan) =>
        plan with { Counters = plan.Counters.Concat(counters.State).GroupBy(one => one.Key).ToDictionary(same => same.Key, same => same.Max(one => one.Value)) };

    private static NodeModel Model(ResolvedGroup group) => group.Model ?? new NodeModel(
        group.Nodes.Count > 0 ? group.Nodes[^1] : throw new InvalidOperationException($"nothing is known of a new node of {group.Name}"),
        "{counter}");

    private static Func<string, string> LabelsOf(ResolvedPlan plan)
    {
        var taken = plan.Nodes.SelectMany(node => node.Volumes).Select(volume => volume.Label).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return wanted => LabelRule.Volume.Free(wanted, taken);
    }

    private static ResolvedPlan Each(ResolvedPlan plan, Func<string, ResolvedGroup, IReadOnlyList<ResolvedNode>?> members) => plan with
    {
        Regions =
        [
            .. plan.Regions.Select(region =>
            {
                ResolvedGroup[] groups = [.. region.Groups.Select(group => members(region.Id, group) is { } nodes ? Of(group, nodes) : group)];
                return region with { Groups = groups, Balancers = [.. region.Balancers.Select(balancer => Behind(balancer, groups))] };
            }),
        ],
    };

    // A barrier that waited for all of them waits for all of them still.
    private static ResolvedGroup Of(ResolvedGroup group, IReadOnlyList<ResolvedNode> nodes) => group with
    {
        Nodes = nodes, Min = group.Min == group.Nodes.Count ? nodes.Count : Math.Min(group.Min, nodes.Count),
    };

    private static ResolvedBalancer Behind(ResolvedBalancer balancer, IReadOnlyList<ResolvedGroup> groups)
    {
        var behind = balancer.Ports.SelectMany(port => port.Backends).ToHashSet(StringComparer.Ordinal);
        var names = balancer.Groups.Count > 0 ? balancer.Groups
            : [.. groups.Where(group => behind.Any(key => key.StartsWith($"{balancer.Region}/{group.Name}/", StringComparison.Ordinal)))
                .Select(group => group.Name)];
        string[] keys = [.. groups.Where(group => names.Contains(group.Name)).SelectMany(group => group.Nodes).Select(node => node.Key)];
        return behind.SetEquals(keys) ? balancer : balancer with { Ports = [.. balancer.Ports.Select(port => port with { Backends = keys })] };
    }
}
