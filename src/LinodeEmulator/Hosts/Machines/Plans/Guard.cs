using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Plans;

/// <summary>What the packet filter has to know of a node: which addresses are its own, behind which ports, and the rules of its Cloud
/// Firewall.</summary>
internal sealed record Guard(long Id, Sequence<string> Ports, Sequence<string> Addresses, Sequence<string> LinkLocals, FirewallRules? Rules)
{
    public IEnumerable<string> V4 => Addresses.Where(address => !address.Contains(':'));

    public IEnumerable<string> V6 => Addresses.Where(address => address.Contains(':'));
}
