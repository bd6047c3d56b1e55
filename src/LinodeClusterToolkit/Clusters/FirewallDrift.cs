using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>The firewall and its rules as the plan has them made, against the firewall as seen.</summary>
internal static class FirewallDrift
{
    public static void Compare(DriftRecords records, CloudSight sight, DriftList drifts)
    {
        if (sight.Firewalls is null)
        {
            return;
        }

        var known = records.Made(ResourceKind.Firewall).ToDictionary(made => made.CloudId!.Value);
        foreach (var (id, made) in known)
        {
            var one = Compared.Of(made);
            if (sight.Firewalls.FirstOrDefault(firewall => firewall.Id == id) is not { } found)
            {
                drifts.Add(one, DriftKind.Missing, "firewall", made.Label, null);
                continue;
            }

            drifts.Hold(one, "label", made.Label, found.Label);
            drifts.HoldTags(one, records.IsPlanned ? [] : null, found.Tags);
            drifts.Hold(one, "status", "enabled", found.Status);
            if (found.Rules is { } rules && records.KnowsRules && id == records.Cluster.FirewallId)
            {
                var planned = CreateFirewall.RulesFor(new ChangeSet(records.Cluster, [], [], [], [], [], [])
                {
                    Ssh = records.Plan.Ssh, Services = ServiceMap.Of(records.Plan),
                });
                HoldRules(one, "inbound", planned.Inbound, planned.InboundPolicy, rules.Inbound, rules.InboundPolicy, drifts);
                HoldRules(one, "outbound", planned.Outbound, planned.OutboundPolicy, rules.Outbound, rules.OutboundPolicy, drifts);
            }
        }

        var awaited = known.Count == 0 ? CreateFirewall.LabelFor(records.Cluster) : null;
        foreach (var found in sight.Firewalls.Where(firewall => !known.ContainsKey(firewall.Id) && firewall.Label != awaited))
        {
            drifts.AddExtra(new("firewall", found.Label, null, found.Id), found.Status);
        }
    }

    // Rules are told apart by their labels; of those that share one, by their place among them.
    private static void HoldRules(
        Compared one, string way, IReadOnlyList<FirewallRule> planned, string plannedPolicy, IReadOnlyList<FirewallRule> found, string foundPolicy,
        DriftList drifts)
    {
        drifts.Hold(one, $"{way} policy", plannedPolicy, foundPolicy);
        var (wanted, standing) = (ByName(planned), ByName(found));
        foreach (var (name, text) in wanted)
        {
            if (standing.GetValueOrDefault(name) is { } now)
            {
                drifts.Hold(one, $"{way} rule {name}", text, now);
            }
            else
            {
                drifts.Add(one, DriftKind.Missing, $"{way} rule {name}", text, null);
            }
        }

        foreach (var (name, text) in standing.Where(rule => !wanted.ContainsKey(rule.Key)))
        {
            drifts.Add(one, DriftKind.Extra, $"{way} rule {name}", null, text);
        }
    }

    private static Dictionary<string, string> ByName(IReadOnlyList<FirewallRule> rules) => rules
        .GroupBy(rule => rule.Label, StringComparer.Ordinal)
        .SelectMany(same => same.Select((rule, at) => (Name: at == 0 ? same.Key : $"{same.Key} ({at + 1})", Text: Text(rule))))
        .ToDictionary(rule => rule.Name, rule => rule.Text, StringComparer.Ordinal);

    // Neither the order of networks nor blanks between ports mean anything.
    private static string Text(FirewallRule rule)
    {
        var ports = string.Join(", ", (rule.Ports ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var networks = rule.Ipv4.Concat(rule.Ipv6).Select(network => network.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal);
        string[] parts = [rule.Action.ToUpperInvariant(), rule.Protocol.ToUpperInvariant(), ports, string.Join(", ", networks)];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }
}
