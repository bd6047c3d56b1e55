using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Plans.Model;

namespace LinodeClusterToolkit.Plans.Resolving;

/// <summary>Decides labels, ports and back ends of balancers.</summary>
internal sealed class BalancerResolver(Resolution resolution)
{
    private const int DefaultInterval = 10;
    private const int DefaultTimeout = 5;
    private const int DefaultAttempts = 3;

    private readonly HashSet<string> labels = new(StringComparer.OrdinalIgnoreCase);

    public ResolvedBalancer? Resolve(Balancer balancer, Region? region, IReadOnlyList<ResolvedGroup> groups)
    {
        resolution.Note(balancer.Note);
        resolution.Need(region, "NodeBalancers", $"the balancer {balancer.Name!.Value}", balancer.Place);
        var backends = groups.Where(group => balancer.Members.Contains(group.Name)).SelectMany(group => group.Nodes).Select(node => node.Key)
            .ToArray();
        var ports = balancer.AllPorts.Where(port => port.Protocol is not { Value: "https" or "udp" })
            .Select(port => Port(port, backends)).OfType<BalancerPort>().ToArray();
        return region is null || ports.Length == 0
            ? null
            : new ResolvedBalancer($"{region.Id}/{balancer.Name!.Value}", balancer.Name.Value, region.Id, Label(region.Id, balancer.Name.Value),
                ports)
            {
                Groups = [.. groups.Select(group => group.Name).Where(balancer.Members.Contains)],
            };
    }

    private string Label(string region, string name) => LabelRule.Balancer.Free($"{resolution.Request.Cluster}-{region}-{name}", labels);

    private BalancerPort? Port(PortSettings port, IReadOnlyList<string> backends)
    {
        if (port.Port is not { } number)
        {
            return null;
        }

        var protocol = port.Protocol?.Value ?? "tcp";
        if (port.Stickiness is { Value: "http_cookie" } sticky && protocol != "http")
        {
            resolution.Error(sticky.Place, PlanProblems.Contradiction($"a cookie cannot be set over {protocol}",
                "stickiness: table, or protocol: http"));
        }

        return new BalancerPort(
            number.Value, port.BackendPort?.Value ?? number.Value, protocol,
            port.Algorithm?.Value ?? "roundrobin", port.Stickiness?.Value ?? "none", Check(port.Check), backends);
    }

    private HealthCheck Check(CheckSettings? check)
    {
        var (interval, timeout) = ((int?)check?.Interval?.Value.TotalSeconds, (int?)check?.Timeout?.Value.TotalSeconds);
        if (interval <= timeout)
        {
            resolution.Error(check!.Timeout!.Place, PlanProblems.OutOfRange($"less than the interval, {interval}s", $"{timeout}s"));
        }

        var kind = check?.Kind?.Value ?? (check?.Body is not null ? "http_body" : check?.Path is not null ? "http" : "connection");
        return new HealthCheck(
            kind, kind is "http" or "http_body" ? check?.Path ?? "/" : null, check?.Body,
            interval ?? Math.Max(DefaultInterval, (timeout ?? 0) + 1),
            timeout ?? Math.Min(DefaultTimeout, (interval ?? DefaultInterval) - 1),
            check?.Attempts?.Value ?? DefaultAttempts);
    }
}
