using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;

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

        foreach (var drift in scene.Drifts[$"balancer {balancer.Key}"].Where(drift => drift.Fact.StartsWith("port ", StringComparison.Ordinal)))
        {
            var isBackend = drift.Fact.Contains(" back end", StringComparison.Ordinal);
            yield return On(isBackend ? ChangeRules.BalancerBackend : ChangeRules.BalancerPort, balancer) with
            {
                Fact = drift.Fact, From = drift.Found, To = drift.Recorded,
                Why = drift.Kind == DriftKind.Extra ? "the plan does not have it" : "the plan has it",
            };
        }

        // Those that are not made yet have no address that could be looked for.
        var whole = scene.Whole.Select(one => one.Node.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var port in balancer.Ports.Where(port => scene.Sight.Ports.GetValueOrDefault(made.CloudId!.Value)?.Any(one => one.Port == port.Port) == true))
        {
            foreach (var node in port.Backends.Where(key => !whole.Contains(key)).Select(key => scene.Target.Nodes.First(one => one.Key == key))
                .Where(node => scene.Records.Nodes.FirstOrDefault(one => one.Key == node.Key) is not { PrivateIpv4: not null, State: not NodeState.Gone }))
            {
                yield return On(ChangeRules.BalancerBackend, balancer) with { Fact = $"port {port.Port} back end", To = node.Label, Why = "it is made" };
            }
        }
    }

    private static PlannedChange On(ChangeRule rule, ResolvedBalancer balancer) =>
        rule.Of("balancer", balancer.Key, balancer.Label) with { Region = balancer.Region };
}
