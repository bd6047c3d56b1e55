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
        var running = plan.Nodes.Where(node => node.Boot).Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var complete = nodes.Where(node => IsComplete(node, running.Contains(node.Key))).ToDictionary(node => node.Key, StringComparer.Ordinal);
        var added = plan.Nodes.Where(node => !complete.ContainsKey(node.Key) || volumes[node.Key].Count() < node.Volumes.Count).ToList();
        var missing = added.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var changes = new ChangeSet(
            cluster,
            added,
            [.. complete.Values.Where(node => !missing.Contains(node.Key))], // also of other plans: nodes made one by one, and those they join
            [],
            [.. plan.Balancers.Where(balancer => !balancers.Contains(balancer.Key))],
            [],
            [.. Groups(plan, missing)])
        {
            NeedsFirewall = cluster.FirewallId is null && added.Count > 0 && !plan.NoCloudFirewall,
            KeptBalancers = [.. plan.Balancers.Where(balancer => balancers.Contains(balancer.Key)
                && balancer.Ports.Any(port => port.Backends.Any(missing.Contains)))],
            Ssh = plan.Ssh,
            Accounts = plan.Accounts,
            Services = ServiceMap.Of(plan),
        };
        var stored = made.Where(resource => resource.Kind == ResourceKind.StackScript).Select(resource => resource.Key).ToHashSet();
        return changes with
        {
            MissingScripts = [.. added.Select(node => changes.RidersOf(node).ScriptFor(node)).OfType<BootScript>().Distinct()
                .Where(script => !stored.Contains(script.Key))],
        };
    }

    /// <summary>Boots what stands and is off, and goes on with what a start that ended half way has left.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="nodes">All nodes on record.</param>
    /// <param name="only">Groups to start; null for all.</param>
    public static ChangeSet Start(
        ClusterRecord cluster, ResolvedPlan plan, IReadOnlyCollection<NodeRecord> nodes, IReadOnlySet<string>? only)
    {
        var chosen = nodes.Where(node => only?.Contains(node.Group) != false).ToList();
        var started = InOrder(chosen.Where(IsToStart));

        // What was never booted has all of its beginnings before it.
        var unborn = chosen.Where(IsUnborn).Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var fresh = plan.Nodes.Where(node => unborn.Contains(node.Key)).Select(node => node with { Boot = true }).ToList();
        NodeRecord[] rising = [.. started, .. InOrder(chosen.Where(IsUnborn))];
        return new(
            cluster, fresh, [.. nodes.Where(node => node.State == NodeState.Ready && !rising.Contains(node))], [], [], [],
            [.. Groups(plan, rising, nodes, rising: true)])
        {
            StartedNodes = started, Ssh = plan.Ssh, Accounts = plan.Accounts, Services = ServiceMap.Of(plan),
        };
    }

    /// <summary>Shuts down what runs.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="nodes">All nodes on record.</param>
    /// <param name="only">Groups to stop; null for all.</param>
    public static ChangeSet Stop(
        ClusterRecord cluster, ResolvedPlan plan, IReadOnlyCollection<NodeRecord> nodes, IReadOnlySet<string>? only)
    {
        var stopped = InOrder(nodes.Where(node => only?.Contains(node.Group) != false && IsToStop(node)));
        return new(cluster, [], [], [], [], [], []) { StoppedNodes = stopped, Descending = [.. Groups(plan, stopped, nodes, rising: false)] };
    }

    /// <summary>Whether nothing of its creation is left to be done on a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="boots">Whether its plan has it booted.</param>
    public static bool IsComplete(NodeRecord node, bool boots) =>
        node.State == NodeState.Stopped || (node.State == NodeState.Ready && (node.Stage == NodeStage.PlanReady || !boots));

    /// <summary>Whether a start has work on a node.</summary>
    public static bool IsToStart(NodeRecord node) => node.LinodeId is not null && node.Configuration != ConfigurationState.None
        && (node.State is NodeState.Stopped or NodeState.Failed || (node.State == NodeState.Ready && node.Stage < NodeStage.PlanReady));

    private static bool IsUnborn(NodeRecord node) =>
        node is { LinodeId: not null, Configuration: ConfigurationState.None, State: NodeState.Ready, Power: "offline" };

    /// <summary>Whether a stop has work on a node.</summary>
    public static bool IsToStop(NodeRecord node) =>
        node is { LinodeId: not null, State: not (NodeState.Stopped or NodeState.Gone or NodeState.Deleting or NodeState.Planned) }
        && !IsUnborn(node);

    /// <summary>Takes the whole cluster down, each group after those that depend on it.</summary>
    public static ChangeSet Everything(
        ClusterRecord cluster, ResolvedPlan plan, IReadOnlyCollection<NodeRecord> nodes, IEnumerable<ResourceRecord> resources, bool keepVolumes)
    {
        NodeRecord[] removed = [.. nodes.Where(node => node.State != NodeState.Gone)];
        ChangedGroup[] groups = [.. Groups(plan, removed, nodes, rising: false)];
        return new(
            cluster, [], [], removed, [],
            [.. resources.Where(made => IsOwnLife(made.Kind) && !(keepVolumes && made.Kind == ResourceKind.Volume))],
            [])
        {
            Descending = [.. groups.Where(group => group.Actions.Any(action => action.At == Transition.ClusterStopping))], Leaving = groups,
        };
    }

    /// <summary>Takes single nodes out, with the volumes that belong to them.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="nodes">Nodes to take out.</param>
    /// <param name="all">All nodes on record: those that stay are told.</param>
    /// <param name="resources">All resources on record.</param>
    public static ChangeSet Removal(
        ClusterRecord cluster, ResolvedPlan plan, IReadOnlyList<NodeRecord> nodes, IReadOnlyCollection<NodeRecord> all,
        IEnumerable<ResourceRecord> resources)
    {
        var keys = nodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        return new(
            cluster, [], [.. all.Where(node => node.State == NodeState.Ready && !keys.Contains(node.Key))], nodes, [],
            [.. resources.Where(made => made.Kind == ResourceKind.Volume && made.NodeKey is { } key && keys.Contains(key))],
            [])
        {
            Leaving = [.. Groups(plan, nodes, all, rising: false)],
            Services = ServiceMap.Of(plan),
        };
    }

    // Disks and configurations live and die with their node.
    /// <summary>Whether things of this kind outlive the node they may belong to.</summary>
    public static bool IsOwnLife(ResourceKind kind) =>
        kind is ResourceKind.Volume or ResourceKind.Balancer or ResourceKind.Firewall or ResourceKind.StackScript;

    private static NodeRecord[] InOrder(IEnumerable<NodeRecord> nodes) => [.. nodes.OrderBy(node => node.Region, StringComparer.Ordinal)
        .ThenBy(node => node.Group, StringComparer.Ordinal).ThenBy(node => node.Ordinal)];

    // Nodes that were made one by one may be of a group that no plan has. Only what was configured can be asked to do something.
    internal static IEnumerable<ChangedGroup> Groups(
        ResolvedPlan plan, IReadOnlyCollection<NodeRecord> changed, IReadOnlyCollection<NodeRecord> all, bool rising)
    {
        var known = plan.Regions.SelectMany(region => region.Groups.Select(group => (Place: (region.Id, group.Name), Group: group)))
            .ToDictionary(one => one.Place, one => one.Group);
        return changed.GroupBy(node => (node.Region, node.Group)).OrderBy(same => same.Key).Select(same =>
        {
            var kept = all.Count(node => node.Region == same.Key.Region && node.Group == same.Key.Group && node.State == NodeState.Ready)
                - same.Count(node => node.State == NodeState.Ready);
            return ChangedGroup.Of(
                same.Key.Region, known.GetValueOrDefault(same.Key) ?? new ResolvedGroup(same.Key.Group, same.Count(), []), kept,
                [.. same.OrderBy(node => node.Ordinal).Select(node => new Member(node.Key, node.Label, node.Ordinal)
                {
                    Runs = rising || node is { Configuration: not ConfigurationState.None, State: NodeState.Ready },
                })]);
        });
    }

    internal static IEnumerable<ChangedGroup> Groups(ResolvedPlan plan, HashSet<string> missing) =>
        from region in plan.Regions
        from grp in region.Groups
        let added = grp.Nodes.Where(node => missing.Contains(node.Key))
            .Select(node => new Member(node.Key, node.Label, node.Ordinal) { Runs = node.Boot }).ToList()
        where added.Count > 0
        select ChangedGroup.Of(region.Id, grp, grp.Nodes.Count - added.Count, added);
}
