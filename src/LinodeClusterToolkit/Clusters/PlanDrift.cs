using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What the plan says there is to be, against what is recorded; needs no cloud.</summary>
internal static class PlanDrift
{
    public static void Compare(DriftRecords records, DriftList drifts)
    {
        var byKey = records.Nodes.ToDictionary(node => node.Key, StringComparer.Ordinal);
        var planned = records.Plan.Nodes.ToDictionary(node => node.Key, StringComparer.Ordinal);
        foreach (var node in planned.Values)
        {
            if (byKey.GetValueOrDefault(node.Key)?.State is null or NodeState.Gone or NodeState.Planned)
            {
                var found = byKey.GetValueOrDefault(node.Key)?.State == NodeState.Gone ? "deleted" : null;
                var one = new Compared("node", node.Label, node.Key, null);
                drifts.Add(one, DriftKind.Missing, "node", $"{node.Type} in {node.Region}", found, DriftRemedy.Create);
            }
        }

        var made = records.Nodes.Where(node => node.State is not (NodeState.Gone or NodeState.Planned));
        foreach (var node in made.OrderBy(node => node.Key, StringComparer.Ordinal))
        {
            var boots = !planned.TryGetValue(node.Key, out var plan) || plan.Boot;
            if (node.State == NodeState.Failed)
            {
                drifts.Add(Compared.Of(node), DriftKind.Failed, "state", "ready", Cause(node), DriftRemedy.GoOn);
            }
            else if (node.State is NodeState.Creating or NodeState.Created or NodeState.Deleting)
            {
                drifts.Add(Compared.Of(node), DriftKind.Unfinished, "state", "ready", node.State.ToString().ToLowerInvariant(), DriftRemedy.GoOn);
            }
            else if (node is { State: NodeState.Ready, Power: "running", Stage: < NodeStage.PlanReady } && boots)
            {
                drifts.Add(Compared.Of(node), DriftKind.Unfinished, "stage", "planready", node.Stage.ToString().ToLowerInvariant(), DriftRemedy.GoOn);
            }

            if (records.IsPlanned && plan is null)
            {
                drifts.Add(Compared.Of(node), DriftKind.Extra, "node", null, "in no plan", DriftRemedy.DeleteNode);
            }
        }

        CompareRest(records, byKey, drifts);
    }

    // Of a node that is not complete this is no news.
    private static void CompareRest(DriftRecords records, Dictionary<string, NodeRecord> byKey, DriftList drifts)
    {
        var volumes = records.Made(ResourceKind.Volume).Select(made => made.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var node in records.Plan.Nodes.Where(node => byKey.GetValueOrDefault(node.Key)?.State is NodeState.Ready or NodeState.Stopped))
        {
            foreach (var volume in node.Volumes.Where(volume => !volumes.Contains(CreateVolumes.KeyOf(node, volume))))
            {
                var one = new Compared("volume", volume.Label, CreateVolumes.KeyOf(node, volume), null);
                drifts.Add(one, DriftKind.Missing, "volume", $"{volume.SizeGb} GB", null, DriftRemedy.Create);
            }
        }

        var balancers = records.Made(ResourceKind.Balancer).Select(made => made.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var balancer in records.Plan.Balancers.Where(balancer => !balancers.Contains(balancer.Key)))
        {
            var one = new Compared("balancer", balancer.Label, balancer.Key, null);
            drifts.Add(one, DriftKind.Missing, "balancer", $"in {balancer.Region}", null, DriftRemedy.Create);
        }
    }

    // The whole text, with what to do, is what the node's own story tells.
    private static string Cause(NodeRecord node) => node.Failure is { Length: > 0 } told ? $"failed: {told.Split('\n')[0]}" : "failed";
}
