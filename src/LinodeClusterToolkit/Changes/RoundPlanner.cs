using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Changes;

/// <summary>Works out turns in rounds; pure. It takes no note of what was done already, since a run that goes on draws the same graph.</summary>
internal static class RoundPlanner
{
    /// <summary>Has the same done to nodes in rounds: each round begins when all nodes of the one before are at work again.</summary>
    /// <remarks>Rounds, and no window that moves on with each node: so nothing begins any more once a node has failed.</remarks>
    /// <param name="cluster">The cluster.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="nodes">The nodes, in the order of their turns.</param>
    /// <param name="all">All nodes on record.</param>
    /// <param name="resources">All resources on record.</param>
    /// <param name="terms">What is done to them.</param>
    public static ChangeSet Roll(
        ClusterRecord cluster, ResolvedPlan plan, IReadOnlyList<NodeRecord> nodes, IReadOnlyCollection<NodeRecord> all,
        IReadOnlyCollection<ResourceRecord> resources, TurnTerms terms)
    {
        var keys = nodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var replaces = terms.Kind == TurnKind.Replace;

        // Who is to get new addresses does not wait for another: all others are told of them once.
        NodeRecord[][] rounds = replaces ? [[.. nodes]] : [.. nodes.Chunk(terms.AtOnce)];
        var turns = rounds.Index().SelectMany(round => round.Item.Select(node => TurnFor(
            plan, node, terms, round.Index == 0 ? [] : [.. rounds[round.Index - 1].Select(before => before.Label)])));
        var behind = plan.Balancers.Where(balancer => balancer.Ports.Any(port => port.Backends.Any(keys.Contains))).ToList();
        var stored = resources.Where(made => made is { Kind: ResourceKind.StackScript, CloudId: not null }).Select(made => made.Key).ToHashSet();
        var changes = new ChangeSet(
            cluster, terms.Made, replaces ? [.. all.Where(node => node.State == NodeState.Ready && !keys.Contains(node.Key))] : [], [], [], [], [])
        {
            Turns = [.. turns],
            DrainedBalancers = behind,
            KeptBalancers = !replaces ? [] : [.. behind.Where(balancer => resources.Any(made =>
                made is { Kind: ResourceKind.Balancer, CloudId: not null } && made.Key == balancer.Key))],
            Ssh = plan.Ssh,
            Accounts = plan.Accounts,
            Services = ServiceMap.Of(plan),
        };
        return changes with
        {
            MissingScripts = [.. terms.Made.Select(node => changes.RidersOf(node).ScriptFor(node)).OfType<BootScript>().Distinct()
                .Where(script => !stored.Contains(script.Key))],
        };
    }

    /// <summary>The turn of one node.</summary>
    public static Turn TurnFor(ResolvedPlan plan, NodeRecord node, TurnTerms terms, IReadOnlyList<string> after)
    {
        // Nodes that were made one by one may be of a group that no plan has.
        var known = plan.Regions.Where(region => region.Id == node.Region).SelectMany(region => region.Groups)
            .FirstOrDefault(group => group.Name == node.Group) ?? new ResolvedGroup(node.Group, 1, []);
        var runs = terms.Made.FirstOrDefault(made => made.Key == node.Key)?.Boot ?? node.Configuration != ConfigurationState.None;
        var group = ChangedGroup.Of(
            node.Region, known, Math.Max(known.Nodes.Count - 1, 0), [new Member(node.Key, node.Label, node.Ordinal) { Runs = runs }]);
        return new(node, terms.Kind, group with
        {
            IsInTurn = true,
            Actions = terms.Force ? [.. group.Actions.Where(action => action.At != Transition.ClusterStopping)] : group.Actions,
        }, after)
        {
            Type = terms.Type, Command = terms.Command,
        };
    }
}

/// <summary>What is done to nodes in their turns.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="AtOnce">How many nodes may be away at once.</param>
internal sealed record TurnTerms(TurnKind Kind, int AtOnce)
{
    /// <summary>Those that are made anew, as they are to be.</summary>
    public IReadOnlyList<ResolvedNode> Made { get; init; } = [];

    /// <summary>Type that they are to have; null where that stays.</summary>
    public string? Type { get; init; }

    /// <summary>The command, a program with its arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>True asks nothing of a node before it goes down.</summary>
    public bool Force { get; init; }
}
