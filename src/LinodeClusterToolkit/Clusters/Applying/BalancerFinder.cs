using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters.Applying;

/// <summary>Balancers with their ports, and the nodes behind them.</summary>
internal static class BalancerFinder
{
    public static IEnumerable<PlannedChange> Find(ApplyScene scene)
    {
        var made = scene.Records.Made(ResourceKind.Balancer).ToDictionary(one => one.Key, StringComparer.Ordinal);
        var planned = scene.Target.Balancers.Select(balancer => balancer.Key).ToHashSet(StringComparer.Ordinal);
        return scene.Target.Balancers.SelectMany(balancer => Of(scene, balancer, made.GetValueOrDefault(balancer.Key)))
            .Concat(made.Values.Where(one => !planned.Contains(one.Key)).Select(one => scene.Priced(
                ChangeRules.BalancerRemoved.Of("balancer", one.Key, one.Label) with { Region = one.Region, From = one.Address, Why = "the plan does not have it" },
                null, 0, -1)));
    }

    private static IEnumerable<PlannedChange> Of(ApplyScene scene, ResolvedBalancer balancer, ResourceRecord? made)
    {
        if (made is null || scene.IsLost(made))
        {
            yield return scene.Priced(
                On(ChangeRules.BalancerAdded, balancer) with
                {
                    To = $"in {balancer.Region}", Why = made is null ? "the plan has it" : "it is gone from the account; its address is another then",
                },
                null, 0, +1);
            yield break;
        }

        // No plan says that a node is kept out of its balancer, or in reserve: who did that by hand has a reason.
        foreach (var drift in scene.Drifts[$"balancer {balancer.Key}"].Where(
            drift => drift.Fact.StartsWith("port ", StringComparison.Ordinal) && !drift.Fact.EndsWith(" back end mode", StringComparison.Ordinal)))
        {
            var isBackend = drift.Fact.Contains(" back end", StringComparison.Ordinal);
            if (isBackend && drift.Kind == DriftKind.Extra && !IsOurs(scene, balancer, drift.Found!))
            {
                continue; // what others put behind it stays
            }

            yield return On(isBackend ? ChangeRules.BalancerBackend : ChangeRules.BalancerPort, balancer) with
            {
                Fact = drift.Fact, From = drift.Found, To = drift.Recorded,
                Why = drift.Kind == DriftKind.Extra ? "the plan does not have it" : "the plan has it",
            };
        }

        foreach (var port in balancer.Ports)
        {
            if (scene.Sight.Ports.GetValueOrDefault(made.CloudId!.Value)?.FirstOrDefault(one => one.Port == port.Port) is { } standing)
            {
                foreach (var change in port.Backends.Select(key => Coming(scene, balancer, port, standing, key)).OfType<PlannedChange>())
                {
                    yield return change;
                }
            }
        }
    }

    // Those that are made, or made again, or get their first address, have none yet that could be looked for; what they had before makes room.
    private static PlannedChange? Coming(ApplyScene scene, ResolvedBalancer balancer, BalancerPort port, CloudBalancerPort standing, string key)
    {
        var record = scene.Records.Nodes.FirstOrDefault(one => one.Key == key && one.State != NodeState.Gone);
        if (record is { PrivateIpv4: not null } && !scene.IsLost(record))
        {
            return null;
        }

        var node = scene.Target.Nodes.First(one => one.Key == key);
        var former = record is { PrivateIpv4: not null } ? standing.Backends.FirstOrDefault(one => one.Address == CreateBalancers.BackendFor(record, port).Address) : null;
        return On(ChangeRules.BalancerBackend, balancer) with
        {
            Fact = $"port {port.Port} back end", From = former is null ? null : $"{former.Label} {former.Address}", To = node.Label,
            Why = record is { PrivateIpv4: null } && scene.Whole.Any(one => one.Node.Key == key) ? "it gets an address for it" : "it is made",
        };
    }

    private static bool IsOurs(ApplyScene scene, ResolvedBalancer balancer, string backend) =>
        scene.Records.Nodes.Any(node => CreateBalancers.BackendFor(node, balancer.Ports[0]).Label == backend.Split(' ')[0]);

    private static PlannedChange On(ChangeRule rule, ResolvedBalancer balancer) =>
        rule.Of("balancer", balancer.Key, balancer.Label) with { Region = balancer.Region };
}
