using LinodeClusterToolkit.Naming;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Plans;

/// <summary>What the Cloud Firewall lets through for services, as far as the plan alone says it: addresses of nodes are not known yet.</summary>
/// <remarks>Groups come from their region's network, which other customers share: the firewall on each node knows its peers one by one.</remarks>
internal static class ServiceRules
{
    /// <summary>A Cloud Firewall holds 25 rules, and one is for SSH.</summary>
    public const int Most = 24;

    /// <summary>A rule holds 255 networks, of which one may be that of the region.</summary>
    public const int MostNetworks = 254;

    private const int MostPortPieces = 15;
    private const string RegionNetwork = "192.168.128.0/17";

    /// <summary>The rules, a readable one for each service; where these are too many, services of the same callers share theirs.</summary>
    /// <param name="services">Services that some group provides.</param>
    public static IReadOnlyList<FirewallRule> Of(IReadOnlyList<ResolvedService> services)
    {
        var single = services.SelectMany(service => Rules([service])).ToArray();
        var alike = services.GroupBy(service => string.Join(' ', Sources(service).Order(StringComparer.Ordinal)));
        return single.Length <= Most ? single : [.. alike.SelectMany(some => Rules([.. some]))];
    }

    private static IEnumerable<FirewallRule> Rules(IReadOnlyList<ResolvedService> alike)
    {
        var sources = Sources(alike[0]).ToLookup(network => network.Contains(':'));
        return from protocol in alike.SelectMany(service => service.Ports).GroupBy(ports => ports.Protocol).OrderBy(same => same.Key)
               from part in Parts(protocol).Index()
               let these = alike.Where(service => service.Ports.Any(ports => ports.Protocol == protocol.Key))
               let name = string.Join('-', these.Select(service => service.Name))
               select new FirewallRule(
                   LabelRule.Firewall.Fit($"{name}-{protocol.Key}{(part.Index == 0 ? "" : $"-{part.Index + 1}")}"), "ACCEPT",
                   protocol.Key.ToUpperInvariant(), string.Join(", ", part.Item), [.. sources[false]], [.. sources[true]]);
    }

    /// <summary>The ports as texts, as many together as a rule takes; a range counts twice.</summary>
    private static IEnumerable<IReadOnlyList<string>> Parts(IEnumerable<ServicePorts> ports)
    {
        var (part, pieces) = (new List<string>(), 0);
        foreach (var one in ports.Distinct().OrderBy(one => one.First).ThenBy(one => one.Last))
        {
            var more = one.First == one.Last ? 1 : 2;
            if (pieces + more > MostPortPieces)
            {
                yield return part;
                (part, pieces) = ([], 0);
            }

            part.Add(one.Text);
            pieces += more;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private static string[] Sources(ResolvedService service) => service switch
    {
        { Anywhere: true } => ["0.0.0.0/0", "::/0"],
        { From.Count: > 0 } => [.. service.Networks, RegionNetwork],
        _ => [.. service.Networks],
    };
}
