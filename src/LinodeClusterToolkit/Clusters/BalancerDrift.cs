using System.Globalization;
using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Balancers, their ports and what is behind them, as planned against as seen.</summary>
internal static class BalancerDrift
{
    public static void Compare(DriftRecords records, CloudSight sight, DriftList drifts)
    {
        if (sight.Balancers is null)
        {
            return;
        }

        var seen = sight.Balancers.DistinctBy(balancer => balancer.Id).ToDictionary(balancer => balancer.Id);
        var planned = records.Plan.Balancers.ToDictionary(balancer => balancer.Key, StringComparer.Ordinal);
        foreach (var made in records.Made(ResourceKind.Balancer))
        {
            var one = Compared.Of(made);
            if (!seen.TryGetValue(made.CloudId!.Value, out var found))
            {
                drifts.Add(one, DriftKind.Missing, "balancer", made.Region is null ? made.Label : $"in {made.Region}", null);
                continue;
            }

            drifts.Hold(one, "label", sight.LabelSeen(made.Label), found.Label);
            drifts.HoldTags(one, records.IsPlanned ? [] : null, found.Tags);
            drifts.Hold(one, "region", made.Region, found.Region);
            drifts.Hold(one, "address", made.Address, found.Ipv4);
            if (planned.TryGetValue(made.Key, out var plan) && sight.Ports.TryGetValue(found.Id, out var ports))
            {
                HoldPorts(records, sight, one, plan, ports, drifts);
            }
        }

        var known = records.Ids(ResourceKind.Balancer).ToHashSet();
        var awaited = planned.Values.ExceptBy(records.Made(ResourceKind.Balancer).Select(made => made.Key), plan => plan.Key)
            .Select(plan => sight.LabelSeen(plan.Label)).ToHashSet(StringComparer.Ordinal);
        foreach (var found in seen.Values.Where(balancer => !known.Contains(balancer.Id) && !awaited.Contains(balancer.Label)))
        {
            drifts.AddExtra(new("balancer", found.Label, null, found.Id), $"in {found.Region}");
        }
    }

    private static void HoldPorts(
        DriftRecords records, CloudSight sight, Compared one, ResolvedBalancer plan, IReadOnlyList<CloudBalancerPort> ports, DriftList drifts)
    {
        foreach (var planned in plan.Ports)
        {
            if (ports.FirstOrDefault(port => port.Port == planned.Port) is { } found)
            {
                HoldPort(one, planned, found, drifts);
                HoldBackends(records, sight, one, planned, found, drifts);
            }
            else
            {
                drifts.Add(one, DriftKind.Missing, Name(planned.Port), planned.Protocol, null);
            }
        }

        foreach (var more in ports.Where(port => plan.Ports.All(planned => planned.Port != port.Port)))
        {
            drifts.Add(one, DriftKind.Extra, Name(more.Port), null, more.Protocol);
        }
    }

    // What is not asked for by the plan is the platform's choice, and may be given back in its own words.
    private static void HoldPort(Compared one, BalancerPort planned, CloudBalancerPort found, DriftList drifts)
    {
        var (name, check) = (Name(planned.Port), planned.Check);
        drifts.Hold(one, $"{name} protocol", planned.Protocol, found.Protocol);
        drifts.Hold(one, $"{name} algorithm", planned.Algorithm, found.Algorithm);
        drifts.Hold(one, $"{name} stickiness", planned.Stickiness, found.Stickiness);
        drifts.Hold(one, $"{name} check", check.Kind, found.Check);
        drifts.Hold(one, $"{name} check path", check.Path, found.CheckPath);
        drifts.Hold(one, $"{name} check body", check.Body, found.CheckBody);
        drifts.Hold(one, $"{name} check interval", Seconds(check.IntervalSeconds), Seconds(found.CheckInterval));
        drifts.Hold(one, $"{name} check timeout", Seconds(check.TimeoutSeconds), Seconds(found.CheckTimeout));
        drifts.Hold(one, $"{name} check attempts", Number(check.Attempts), Number(found.CheckAttempts));
    }

    private static void HoldBackends(
        DriftRecords records, CloudSight sight, Compared one, BalancerPort planned, CloudBalancerPort found, DriftList drifts)
    {
        var name = $"{Name(planned.Port)} back end";
        var nodes = planned.Backends.Select(key => records.Nodes.FirstOrDefault(node => node.Key == key))
            .OfType<NodeRecord>().Where(node => node.State != NodeState.Gone).ToLookup(node => node.PrivateIpv4 is not null);
        var wanted = nodes[true].ToDictionary(node => CreateBalancers.BackendFor(node, planned).Address, StringComparer.Ordinal);

        // Of a node whose address is not known, its name has to do.
        var perhaps = nodes[false].Select(node => CreateBalancers.BackendFor(node, planned).Label).ToHashSet(StringComparer.Ordinal);
        var standing = sight.Nodes?.Where(node => node.Status != "deleting").Select(node => node.Id).ToHashSet();
        var behind = found.Backends.DistinctBy(backend => backend.Address).ToDictionary(backend => backend.Address, StringComparer.Ordinal);
        foreach (var (address, node) in wanted)
        {
            if (behind.GetValueOrDefault(address) is { } backend)
            {
                drifts.Hold(one, $"{name} mode", $"{node.Label} accept", backend.Mode is null ? null : $"{node.Label} {backend.Mode}");
            }
            else if (node.LinodeId is { } id && standing?.Contains(id) != false)
            {
                // Of a node that is missing this is no news.
                drifts.Add(one, DriftKind.Missing, name, $"{node.Label} {address}", null);
            }
        }

        foreach (var more in found.Backends.Where(backend => !wanted.ContainsKey(backend.Address) && !perhaps.Contains(backend.Label)))
        {
            drifts.Add(one, DriftKind.Extra, name, null, $"{more.Label} {more.Address}");
        }
    }

    private static string Name(int port) => $"port {Number(port)}";

    private static string? Seconds(int? seconds) => seconds is { } some ? $"{Number(some)}s" : null;

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
