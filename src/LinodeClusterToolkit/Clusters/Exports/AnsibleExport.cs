using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Configuration.Ansible;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>An inventory for Ansible, in YAML.</summary>
internal sealed class AnsibleExport : IExporter
{
    // Two calls a node hold between tasks: nodes let in few new connections at once.
    private static readonly string[] Lasting = ["-C", "-o", "ControlMaster=auto", "-o", "ControlPersist=60s"];

    public ExportFormat Format => new("ansible", "inventory in YAML: ansible -i FILE all -m ping", NeedsKeys: true)
    {
        Endings = [".yaml", ".yml", ""],
    };

    public string Write(ExportSubject subject) => string.Concat(
        $"# Nodes of {subject.Name} for Ansible: ansible -i FILE all -m ping\n",
        string.Concat(subject.LeftOut.Select(node => $"# left out: {node.Label} ({node.WhyNot})\n")),
        AnsibleInventory.Of(HostsOf(subject)));

    /// <summary>The nodes as Ansible sees them, with the facts that plays of a run have, but for the transition there is none of.</summary>
    internal static IReadOnlyList<AnsibleHost> HostsOf(ExportSubject subject) => [.. subject.Reached.Select(HostOf)];

    private static AnsibleHost HostOf(ExportNode node)
    {
        var record = node.Node;
        var facts = AnsibleHost.FactsOf(NodeFacts.Of(node.Book, record, ""));
        facts.Remove("lct_transition");
        foreach (var (name, value) in new (string Name, object? Value)[]
        {
            ("id", record.LinodeId), ("type", record.Type), ("image", record.Image), ("public_ipv4", record.PublicIpv4),
            ("private_ipv4", record.PrivateIpv4), ("ipv6", record.Ipv6), ("public_fqdn", record.PublicFqdn),
            ("private_fqdn", record.PrivateFqdn), ("state", record.State.ToString().ToLowerInvariant()), ("power", record.Power),
        }.Where(fact => fact.Value is not null))
        {
            facts[$"lct_{name}"] = $"{value}";
        }

        return new(record.Label, [node.Book.Cluster.Name, record.Region, record.Group, .. record.Tags], facts)
        {
            Tags = record.Tags, Remote = node.Host, KeyFile = Remote.OpenSsh.SshWords.Plain(node.KeyFile),
            Way = node.Way! with { Options = [.. node.Way.Options, .. Lasting] },
        };
    }
}
