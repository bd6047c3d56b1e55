using System.Globalization;
using LinodeClusterToolkit.Api;

namespace LinodeClusterToolkit.Clusters.Imports;

/// <summary>In what a state and the account differ; what the state does not say is no difference.</summary>
internal static class Differences
{
    public static IReadOnlyList<ImportDifference> Of(StateThing thing, CloudNode node) => Some(
        Held("label", thing.Fact("label"), node.Label), Held("region", thing.Fact("region"), node.Region),
        Held("type", thing.Fact("type"), node.Type),
        node.Image is null ? null : Held("image", thing.Fact("image"), node.Image), Held("ipv4", thing.Fact("ip_address"), node.PublicIpv4),
        Held("private ipv4", thing.Fact("private_ip_address"), node.PrivateIpv4), Held("ipv6", thing.Fact("ipv6")?.Split('/')[0], node.Ipv6),
        Tags(thing, node.Tags));

    public static IReadOnlyList<ImportDifference> Of(StateThing thing, CloudVolume volume) => Some(
        Held("label", thing.Fact("label"), volume.Label), Held("region", thing.Fact("region"), volume.Region),
        Held("size", thing.Fact("size"), Text(volume.SizeGb)), Held("linode", thing.Fact("linode_id"), volume.NodeId is { } node ? Text(node) : null),
        Tags(thing, volume.Tags));

    /// <param name="thing">The balancer in the state.</param>
    /// <param name="balancer">The same in the account.</param>
    /// <param name="state">All of the state: its ports and back ends stand for themselves there.</param>
    /// <param name="ports">Ports in the account; null where they were not looked at.</param>
    public static IReadOnlyList<ImportDifference> Of(
        StateThing thing, CloudBalancer balancer, TerraformState state, IReadOnlyList<CloudBalancerPort>? ports) =>
    [
        .. Some(
            Held("label", thing.Fact("label"), balancer.Label), Held("region", thing.Fact("region"), balancer.Region),
            Held("ipv4", thing.Fact("ipv4"), balancer.Ipv4), Tags(thing, balancer.Tags)),
        .. ports is null ? [] : Ports(balancer, state, ports),
    ];

    /// <param name="thing">The firewall in the state.</param>
    /// <param name="firewall">The same in the account.</param>
    /// <param name="state">All of the state: what a firewall guards may stand for itself there.</param>
    /// <param name="guarded">Ids of the nodes it guards in the account.</param>
    public static IReadOnlyList<ImportDifference> Of(
        StateThing thing, CloudFirewall firewall, TerraformState state, IReadOnlySet<long>? guarded)
    {
        string[] devices =
        [
            .. state.Things.Where(one => one.Type == "linode_firewall_device" && one.Whole("firewall_id") == firewall.Id
                && one.Fact("entity_type") is null or "linode").Select(one => one.Fact("entity_id")).OfType<string>(),
        ];
        var named = thing.Lists.TryGetValue("linodes", out var linodes) || devices.Length > 0;
        var disabled = thing.Fact("disabled") is { } text ? text == "true" ? "disabled" : "enabled" : null;
        return Some(
            Held("label", thing.Fact("label"), firewall.Label), Held("status", disabled, firewall.Status), Tags(thing, firewall.Tags),
            named && guarded is not null ? Set("linodes", [.. linodes ?? [], .. devices], guarded.Select(id => Text(id))) : null);
    }

    private static IEnumerable<ImportDifference> Ports(CloudBalancer balancer, TerraformState state, IReadOnlyList<CloudBalancerPort> ports)
    {
        var parts = state.Things.Where(one => one.Whole("nodebalancer_id") == balancer.Id).ToList();
        var configs = parts.Where(one => one.Type == "linode_nodebalancer_config").ToList();
        var backends = parts.Where(one => one.Type == "linode_nodebalancer_node").ToList();
        foreach (var config in configs)
        {
            var found = ports.FirstOrDefault(port => port.Id == config.Id);
            var said = config.Fact("port") ?? Text(config.Id!.Value);
            if (Held($"port {said}", said, found is null ? null : Text(found.Port)) is { } other)
            {
                yield return other;
            }
        }

        foreach (var port in ports.Where(port => configs.TrueForAll(config => config.Id != port.Id)))
        {
            yield return new($"port {port.Port}", null, Text(port.Port));
        }

        foreach (var backend in backends)
        {
            var found = ports.FirstOrDefault(port => port.Id == backend.Whole("config_id"))?.Backends.FirstOrDefault(one => one.Id == backend.Id);
            if (Held($"back end {backend.Fact("label") ?? Text(backend.Id!.Value)}", backend.Fact("address") ?? "there", found?.Address) is { } other)
            {
                yield return other;
            }
        }

        var standing = backends.Count > 0 ? ports.SelectMany(port => port.Backends) : [];
        foreach (var extra in standing.Where(one => backends.TrueForAll(known => known.Id != one.Id)))
        {
            yield return new($"back end {extra.Label}", null, extra.Address);
        }
    }

    // Owner tags are ours: no state has them before they are put there.
    private static ImportDifference? Tags(StateThing thing, IReadOnlyList<string> tags) =>
        thing.Lists.TryGetValue("tags", out var said) ? Set("tags", said, tags.Where(tag => OthersCloud.ClusterOf(tag) is null)) : null;

    private static ImportDifference? Set(string fact, IEnumerable<string> source, IEnumerable<string> account)
    {
        string one = Joined(source), other = Joined(account);
        return one == other ? null : new(fact, one, other);
    }

    private static string Joined(IEnumerable<string> texts) =>
        string.Join(", ", texts.Where(text => OthersCloud.ClusterOf(text) is null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static ImportDifference? Held(string fact, string? source, string? account) =>
        source is null || source == account ? null : new(fact, source, account);

    private static IReadOnlyList<ImportDifference> Some(params IEnumerable<ImportDifference?> all) => [.. all.OfType<ImportDifference>()];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
