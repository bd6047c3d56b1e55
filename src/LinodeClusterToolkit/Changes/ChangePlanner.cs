using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Changes;

/// <summary>Works out change sets; pure.</summary>
internal static class ChangePlanner
{
    /// <summary>What is missing until the cluster is as the plan says; removes nothing.</summary>
    public static ChangeSet Additions(
        ClusterRecord cluster, ResolvedPlan plan, IEnumerable<NodeRecord> nodes, IEnumerable<ResourceRecord> resources)
    {
        var made = resources.Where(resource => resource.CloudId is not null).ToList();
        var balancers = made.Where(resource => resource.Kind == ResourceKind.Balancer)
            .Select(resource => resource.Key).ToHashSet(StringComparer.Ordinal);
        var volumes = made.Where(resource => resource.Kind == ResourceKind.Volume).ToLookup(resource => resource.NodeKey, StringComparer.Ordinal);

        // A node runs while its volumes are still being made: a run that ended in between has left them to be added.
        var complete = nodes.Where(node => node.State == NodeState.Ready).ToDictionary(node => node.Key, StringComparer.Ordinal);
        var added = plan.Nodes.Where(node => !complete.ContainsKey(node.Key) || volumes[node.Key].Count() < node.Volumes.Count).ToList();
        var missing = added.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        return new ChangeSet(
            cluster,
            added,
            [.. complete.Values.Where(node => !missing.Contains(node.Key))], // also of other plans: nodes made one by one, and those they join
            [],
            [.. plan.Balancers.Where(balancer => !balancers.Contains(balancer.Key))],
            [],
            [.. Groups(plan, missing)])
        {
            NeedsFirewall = cluster.FirewallId is null && added.Count > 0,
            NeedsBootScript = added.Any(node => !node.TakesUserData) && made.All(resource => resource.Kind != ResourceKind.StackScript),
            Ssh = plan.Ssh,
            Accounts = plan.Accounts,
        };
    }

    /// <summary>Takes the whole cluster down.</summary>
    public static ChangeSet Everything(
        ClusterRecord cluster, IEnumerable<NodeRecord> nodes, IEnumerable<ResourceRecord> resources, bool keepVolumes) =>
        new(
            cluster, [], [],
            [.. nodes.Where(node => node.State != NodeState.Gone)],
            [],
            [.. resources.Where(made => IsOwnLife(made.Kind) && !(keepVolumes && made.Kind == ResourceKind.Volume))],
            []);

    /// <summary>Takes single nodes out, with the volumes that belong to them.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="nodes">Nodes to take out.</param>
    /// <param name="all">All nodes on record: those that stay are told.</param>
    /// <param name="resources">All resources on record.</param>
    public static ChangeSet Removal(
        ClusterRecord cluster, IReadOnlyList<NodeRecord> nodes, IEnumerable<NodeRecord> all, IEnumerable<ResourceRecord> resources)
    {
        var keys = nodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        return new(
            cluster, [], [.. all.Where(node => node.State == NodeState.Ready && !keys.Contains(node.Key))], nodes, [],
            [.. resources.Where(made => made.Kind == ResourceKind.Volume && made.NodeKey is { } key && keys.Contains(key))],
            []);
    }

    // Disks and configurations live and die with their node.
    private static bool IsOwnLife(ResourceKind kind) =>
        kind is ResourceKind.Volume or ResourceKind.Balancer or ResourceKind.Firewall or ResourceKind.StackScript;

    private static IEnumerable<ChangedGroup> Groups(ResolvedPlan plan, HashSet<string> missing) =>
        from region in plan.Regions
        from grp in region.Groups
        let added = grp.Nodes.Where(node => missing.Contains(node.Key)).Select(node => node.Label).ToList()
        where added.Count > 0
        select new ChangedGroup(region.Id, grp.Name, grp.Min, grp.Nodes.Count - added.Count, added);
}
