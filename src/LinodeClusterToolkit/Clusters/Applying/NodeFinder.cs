using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>Nodes that come and go, and what the account itself tells of those that stay.</summary>
internal static class NodeFinder
{
    public static IEnumerable<PlannedChange> Find(ApplyScene scene)
    {
        var whole = scene.Whole.Select(one => one.Node.Key).ToHashSet(StringComparer.Ordinal);
        var records = scene.Records.Nodes.ToDictionary(node => node.Key, StringComparer.Ordinal);
        return scene.Target.Nodes.Where(node => !whole.Contains(node.Key)).Select(node => Coming(scene, node, records.GetValueOrDefault(node.Key)))
            .Concat(Going(scene))
            .Concat(scene.Whole.SelectMany(one => Staying(scene, one.Record, one.Node)));
    }

    private static PlannedChange Coming(ApplyScene scene, ResolvedNode node, NodeRecord? record)
    {
        var stands = record is { LinodeId: not null, State: not (NodeState.Gone or NodeState.Planned) };
        var (rule, why) = record switch
        {
            null => (ChangeRules.NodeAdded, "the plan has it"),
            _ when stands && scene.IsLost(record) => (ChangeRules.NodeAgain, "it is gone from the account"),
            { State: NodeState.Failed } => (ChangeRules.NodeUnfinished, "its creation failed"),
            { State: NodeState.Gone } => (ChangeRules.NodeAdded, "the plan has it again"),
            { State: NodeState.Planned } => (ChangeRules.NodeAdded, "it was planned and not made"),
            _ => (ChangeRules.NodeUnfinished, "its creation did not finish"),
        };
        var change = ApplyScene.On(rule, node) with { To = $"{node.Type} in {node.Region}", Why = why };
        return rule == ChangeRules.NodeUnfinished && stands ? change : scene.Priced(change, node.Type, 0, +1);
    }

    private static IEnumerable<PlannedChange> Going(ApplyScene scene)
    {
        var planned = scene.Target.Nodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        return from node in scene.Records.Nodes
               where !planned.Contains(node.Key) && node.State is not (NodeState.Gone or NodeState.Planned)
               orderby node.Region, node.Group, node.Ordinal
               let going = ApplyScene.On(ChangeRules.NodeRemoved, node)
               select node.LinodeId is null ? going with { LosesData = false, Why = "it was not made, and the plan does not have it" } : scene.Priced(
                   going with { From = $"{node.Type} in {node.Region}", Why = "the plan does not have it" },
                   node.Type, 0, -1);
    }

    private static IEnumerable<PlannedChange> Staying(ApplyScene scene, NodeRecord record, ResolvedNode node)
    {
        var found = scene.Sight.Nodes!.First(one => one.Id == record.LinodeId);

        // Where the account knows no tags they are in the records alone, and queries and playbooks go by those.
        string[] tags = [.. (scene.Sight.KnowsTags ? found.Tags : record.Tags).Where(tag => tag != scene.Records.Cluster.OwnerTag)];
        if (!tags.ToHashSet(StringComparer.Ordinal).SetEquals(node.Tags))
        {
            yield return Fact(ChangeRules.NodeTags, "tags", Joined(tags), Joined(node.Tags), "the plan has others");
        }

        foreach (var drift in scene.Drifts[$"node {record.Key}"])
        {
            if (drift.Fact == "owner tag")
            {
                yield return Fact(ChangeRules.NodeOwner, drift.Fact, drift.Found, drift.Recorded, "lists by it would miss the node");
            }
            else if (drift.Fact == "firewall")
            {
                yield return Fact(ChangeRules.NodeGuard, drift.Fact, drift.Found, drift.Recorded, "somebody took it away");
            }
            else if (drift.Kind == DriftKind.Off && node.Boot)
            {
                yield return Fact(ChangeRules.NodePower, drift.Fact, drift.Found, drift.Recorded, "nobody stopped it by this toolkit");
            }
        }

        var unwatched = scene.Target.Regions.First(region => region.Id == node.Region).Groups.First(group => group.Name == node.Group).Unwatched;
        if (found.IsWatched is { } watched && watched == unwatched)
        {
            yield return Fact(ChangeRules.NodeWatchdog, "watchdog", watched ? "on" : "off", unwatched ? "off" : "on", "the plan says so");
        }

        if (node.PrivateIp && found.PrivateIpv4 is null)
        {
            yield return Fact(ChangeRules.NodePrivateIp, "private ip", null, "one", "balancers and services of its region need it");
        }

        PlannedChange Fact(ChangeRule rule, string fact, string? from, string? to, string why) =>
            ApplyScene.On(rule, record) with { Fact = fact, From = from, To = to, Why = why };
    }

    private static string? Joined(IEnumerable<string> tags) => string.Join(", ", tags.Order(StringComparer.Ordinal)) is { Length: > 0 } some ? some : null;
}
