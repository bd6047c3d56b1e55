using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>What changes are found from: a plan, what is recorded, what stands in the account, and what it costs.</summary>
/// <param name="Records">The cluster's records, with the plan it is to have.</param>
/// <param name="InForce">Plans by which it may have been made: the last that was brought in whole, and those that were begun since.</param>
/// <param name="Sight">What was seen of it in the account.</param>
/// <param name="Catalog">What the cloud offers, with its prices.</param>
internal sealed record ApplyScene(DriftRecords Records, IReadOnlyList<ResolvedPlan> InForce, CloudSight Sight, LinodeCatalog Catalog)
{
    private readonly Lazy<IReadOnlySet<long>> standing = new(
        () => (Sight.Nodes ?? []).Where(node => node.Status != "deleting").Select(node => node.Id).ToHashSet());

    public ResolvedPlan Target => Records.Plan;

    /// <summary>Where everything differs that the account itself can tell.</summary>
    public ILookup<string, Drift> Drifts { get; } = Drifted(Records, Sight);

    /// <summary>Nodes that are complete, are to stay, and stand, with what the plan says of each.</summary>
    public IEnumerable<(NodeRecord Record, ResolvedNode Node)> Whole => whole.Value;

    /// <summary>Whether a node that is recorded is not in the account any more.</summary>
    public bool IsLost(NodeRecord node) => node.LinodeId is { } id && node.State is not (NodeState.Gone or NodeState.Planned) && !standing.Value.Contains(id);

    /// <summary>A volume, balancer or firewall that is recorded and not in the account any more.</summary>
    public bool IsLost(ResourceRecord made) => made.CloudId is { } id && made.Kind switch
    {
        ResourceKind.Volume => Sight.Volumes?.All(one => one.Id != id) == true,
        ResourceKind.Balancer => Sight.Balancers?.All(one => one.Id != id) == true,
        ResourceKind.Firewall => Sight.Firewalls?.All(one => one.Id != id) == true,
        _ => false,
    };

    /// <summary>The change with its price: plus for what comes, minus for what goes.</summary>
    public PlannedChange Priced(PlannedChange change, string? type, int sizeGb, int sign)
    {
        var (hourly, monthly) = Pricing.Of(change.What, type, change.Region, sizeGb, Catalog);
        return change with { Hourly = change.Hourly + (sign * hourly), Monthly = change.Monthly + (sign * monthly) };
    }

    /// <summary>A change of a node by a rule.</summary>
    public static PlannedChange On(ChangeRule rule, NodeRecord node) => On(rule, node.Region, node.Group, node.Key, node.Label);

    /// <summary>The same for one that has no record yet.</summary>
    public static PlannedChange On(ChangeRule rule, ResolvedNode node) => On(rule, node.Region, node.Group, node.Key, node.Label);

    private readonly Lazy<IReadOnlyList<(NodeRecord, ResolvedNode)>> whole = new(() => Complete(Records, Sight));

    private static PlannedChange On(ChangeRule rule, string region, string group, string key, string label) =>
        rule.Of("node", key, label) with { Region = region, Group = group, Node = key };

    private static IReadOnlyList<(NodeRecord, ResolvedNode)> Complete(DriftRecords records, CloudSight sight)
    {
        var standing = (sight.Nodes ?? []).Where(node => node.Status != "deleting").Select(node => node.Id).ToHashSet();
        var planned = records.Plan.Nodes.ToDictionary(node => node.Key, StringComparer.Ordinal);
        return
        [
            .. from node in records.Nodes
               where node.LinodeId is { } id && standing.Contains(id) && planned.ContainsKey(node.Key)
                   && ChangePlanner.IsComplete(node, planned[node.Key].Boot)
               orderby node.Region, node.Group, node.Ordinal
               select (node, planned[node.Key]),
        ];
    }

    private static ILookup<string, Drift> Drifted(DriftRecords records, CloudSight sight)
    {
        var drifts = new DriftList(records);
        NodeDrift.Compare(records, sight, drifts);
        VolumeDrift.Compare(records, sight, drifts);
        BalancerDrift.Compare(records, sight, drifts);
        FirewallDrift.Compare(records, sight, drifts);
        return drifts.All.ToLookup(drift => $"{drift.What} {drift.Key}", StringComparer.Ordinal);
    }
}
