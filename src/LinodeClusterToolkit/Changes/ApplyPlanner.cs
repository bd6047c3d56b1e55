using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Changes;

/// <summary>Makes the change set of changes that were decided on; pure, and the same whenever a run is gone on with.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="target">The plan it is to have.</param>
/// <param name="before">Plans it may have been made by, the last one at the end: what goes is done by them.</param>
/// <param name="nodes">All nodes on record.</param>
/// <param name="resources">All resources on record.</param>
internal sealed class ApplyPlanner(
    ClusterRecord cluster, ResolvedPlan target, IReadOnlyList<ResolvedPlan> before, IReadOnlyCollection<NodeRecord> nodes,
    IReadOnlyCollection<ResourceRecord> resources)
{
    private readonly Dictionary<string, ResolvedNode> planned = target.Nodes.ToDictionary(node => node.Key, StringComparer.Ordinal);
    private readonly Dictionary<string, NodeRecord> recorded = nodes.ToDictionary(node => node.Key, StringComparer.Ordinal);

    /// <summary>The change set.</summary>
    /// <param name="changes">What was decided on; those that are refused or only kept have no part in it.</param>
    /// <param name="keepVolumes">True keeps the volumes of nodes that go.</param>
    /// <param name="lost">Ids that nodes had which are gone from the account, by their keys: as long as one is recorded by it, it is to be made.</param>
    public ChangeSet Plan(IReadOnlyList<PlannedChange> changes, bool keepVolumes, IReadOnlyDictionary<string, long>? lost = null)
    {
        var coming = Keys(changes, "node", ChangeWay.Add);
        var going = Keys(changes, "node", ChangeWay.Remove);
        var turns = new TurnPlanner(target, recorded).Plan(changes);
        var rising = changes.Where(change => change.Rule == ChangeRules.NodePower.Id).Select(change => change.Key).ToHashSet(StringComparer.Ordinal);
        NodeRecord[] removed = [.. nodes.Where(node => going.Contains(node.Key) && node.State != NodeState.Gone)];
        NodeRecord[] started = [.. nodes.Where(node => rising.Contains(node.Key))];
        var anew = turns.Where(turn => turn.Kind is TurnKind.Rebuild or TurnKind.Replace).Select(turn => turn.Node.Key).ToHashSet(StringComparer.Ordinal);
        ResolvedNode[] added =
        [
            .. target.Nodes.Where(node => anew.Contains(node.Key)
                || (coming.Contains(node.Key) && !(recorded.GetValueOrDefault(node.Key) is { } record && ChangePlanner.IsComplete(record, node.Boot)
                    && (lost is null || !lost.TryGetValue(node.Key, out var former) || record.LinodeId != former)))),
        ];
        var fresh = added.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var busy = added.Select(node => node.Key).Concat(removed.Select(node => node.Key)).Concat(rising).ToHashSet(StringComparer.Ordinal);
        var away = removed.Select(node => node.Key).Concat(turns.Select(turn => turn.Node.Key)).ToHashSet(StringComparer.Ordinal);
        var balancers = Keys(changes, "balancer", ChangeWay.Add);
        var gone = changes.Where(change => change.Way == ChangeWay.Remove && change.What != "node" && !(keepVolumes && change.What == "volume" && change.Node is { } at && going.Contains(at)))
            .Select(change => change.Key).ToHashSet(StringComparer.Ordinal);
        var set = new ChangeSet(
            cluster, added, [.. nodes.Where(node => node.State == NodeState.Ready && !busy.Contains(node.Key))], removed,
            [.. target.Balancers.Where(balancer => balancers.Contains(balancer.Key))],
            [.. resources.Where(made => made.Kind is ResourceKind.Volume or ResourceKind.Balancer && gone.Contains(made.Key))],
            [.. ChangePlanner.Groups(target, [.. added.Select(node => node.Key).Where(key => !anew.Contains(key)), .. rising])])
        {
            Turns = turns,
            StartedNodes = started,
            Edits = [.. changes.Where(change => IsEdit(change) && !(change.What == "volume" && change.Node is { } on && (going.Contains(on) || fresh.Contains(on)))).Select(Edited)],
            NeedsFirewall = changes.Any(change => change.Rule == ChangeRules.FirewallAdded.Id),
            KeptBalancers = [.. target.Balancers.Where(balancer => changes.Any(change =>
                change.What == "balancer" && change.Way == ChangeWay.InPlace && change.Key == balancer.Key))],
            Leaving = [.. ChangePlanner.Groups(HadAll(removed), removed, nodes, rising: false)],
            DrainedBalancers = [.. Standing().Where(balancer => balancer.Ports.Any(port => port.Backends.Any(key => away.Contains(key))))],
            Ssh = target.Ssh,
            Accounts = target.Accounts,
            Services = ServiceMap.Of(target),
        };
        var stored = resources.Where(made => made is { Kind: ResourceKind.StackScript, CloudId: not null }).Select(made => made.Key).ToHashSet();
        return set with
        {
            MissingScripts = [.. added.Select(node => set.RidersOf(node).ScriptFor(node)).OfType<BootScript>().Distinct().Where(script => !stored.Contains(script.Key))],
        };
    }

    private Edit Edited(PlannedChange change)
    {
        var edit = new Edit(change, Find(recorded, change.Node), Find(planned, change.Node));
        return edit.Is(ChangeRules.NodeUsers) ? edit with { Former = Gone(edit.Node!, UsersOf) }
            : edit.Is(ChangeRules.VolumeMount) ? edit with { Former = Gone(edit.Node!, (_, node) => MountsOf(node)) } : edit;
    }

    private IReadOnlyList<string> Gone(ResolvedNode node, Func<ResolvedPlan, ResolvedNode, IEnumerable<string>> of) =>
    [
        .. before.SelectMany(plan => plan.Nodes.Where(one => one.Key == node.Key).SelectMany(one => of(plan, one)))
            .Except(of(target, node), StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> UsersOf(ResolvedPlan plan, ResolvedNode node) =>
        node.Users.SelectMany(name => plan.Accounts[name].Users).Select(user => user.Name);

    private static IEnumerable<string> MountsOf(ResolvedNode node) =>
        node.Disks.Select(disk => disk.Mount).Concat(node.Volumes.Select(volume => volume.Mount)).OfType<string>();

    // Balancers that are made now have nobody to be drained of; those that go are deleted before any node is.
    private IEnumerable<ResolvedBalancer> Standing()
    {
        var made = resources.Where(one => one is { Kind: ResourceKind.Balancer, CloudId: not null }).Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        return before.Reverse().SelectMany(plan => plan.Balancers).Where(balancer => made.Contains(balancer.Key)).DistinctBy(balancer => balancer.Key);
    }

    // Groups that go are those of the plan that had them.
    private ResolvedPlan HadAll(IReadOnlyCollection<NodeRecord> removed) => before
        .LastOrDefault(plan => removed.All(node => plan.Regions.Any(region => region.Id == node.Region && region.Groups.Any(group => group.Name == node.Group))))
        ?? before.LastOrDefault() ?? target;

    private static bool IsEdit(PlannedChange change) => change.Rule != ChangeRules.NodePower.Id
        && (change.Way == ChangeWay.InPlace || change is { What: "volume", Way: ChangeWay.Add or ChangeWay.Remove, Node: not null });

    private static HashSet<string> Keys(IEnumerable<PlannedChange> changes, string what, ChangeWay way) =>
        changes.Where(change => change.What == what && change.Way == way).Select(change => change.Key).ToHashSet(StringComparer.Ordinal);

    private static T? Find<T>(Dictionary<string, T> all, string? key)
        where T : class => key is null ? null : all.GetValueOrDefault(key);
}
