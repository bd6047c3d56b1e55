using LinodeEmulator.Hosts.Machines.Network;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Plans;

/// <summary>Reads from the cloud which firewall stands before which node.</summary>
internal static class GuardReader
{
    public static IReadOnlyList<Guard> Read(Cloud cloud, IEnumerable<MachinePlan> plans) => [.. plans.Select(plan => Read(cloud, plan))];

    private static Guard Read(Cloud cloud, MachinePlan plan)
    {
        // VLAN interfaces have no firewall, and their ports carry whatever the node sends.
        var guarded = plan.Cards
            .Select((card, index) => (Card: card, Port: NodeNetwork.Port(plan.Id, index)))
            .Where(one => one.Card.Vlan is null)
            .ToList();
        return new Guard(
            plan.Id,
            [.. guarded.Select(one => one.Port)],
            [.. guarded.SelectMany(one => one.Card.Addresses).Select(address => address.Split('/')[0]).Distinct()],
            [.. guarded.Select(one => NodeNetwork.LinkLocal(one.Card)).OfType<string>().Distinct()],
            RulesOf(cloud, plan.Id));
    }

    private static FirewallRules? RulesOf(Cloud cloud, long linode) =>
        cloud.Devices.FindByKey(FirewallDevice.KeyOf("linode", linode)) is { } device
        && cloud.Firewalls.Find(device.FirewallId) is { Status: "enabled" } firewall
            ? firewall.Rules
            : null;
}
