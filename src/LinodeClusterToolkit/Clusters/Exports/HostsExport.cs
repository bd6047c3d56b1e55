using System.Globalization;
using System.Text;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>Lines for a hosts file, as seen from outside: names lead to public addresses, and the private ones have names of their own.</summary>
internal sealed class HostsExport : IExporter
{
    public ExportFormat Format => new("hosts", "lines for /etc/hosts");

    public string Write(ExportSubject subject)
    {
        var (begin, end) = ($"# BEGIN lct {subject.Name}", $"# END lct {subject.Name}");
        var text = new StringBuilder($"{begin}\n# To replace: delete from BEGIN to END, then add this text anew.\n");
        var there = subject.Nodes.Where(node => node.Node.State is not (NodeState.Gone or NodeState.Deleting)).Select(node => node.Node).ToList();

        // A name that two nodes have, in two regions say, would lead to one of them by chance; a label is one node's alone.
        var shared = there.SelectMany(NamesOf).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1)
            .Select(same => same.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var node in there)
        {
            string[] names = [.. Public(node).Where(name => name == node.Label || !shared.Contains(name))];
            Line(text, node.PublicIpv4, names);
            Line(text, node.Ipv6, names);
            Line(text, node.PrivateIpv4, [.. Private(node).Where(name => !shared.Contains(name))]);
            if (node is { PublicIpv4: null, Ipv6: null, PrivateIpv4: null })
            {
                text.Append(CultureInfo.InvariantCulture, $"# left out: {node.Label} (no address yet)\n");
            }
        }

        foreach (var gone in subject.Nodes.Where(node => node.Node.State is NodeState.Gone or NodeState.Deleting))
        {
            text.Append(CultureInfo.InvariantCulture, $"# left out: {gone.Label} ({gone.WhyNot})\n");
        }

        return text.Append(end).Append('\n').ToString();
    }

    private static IEnumerable<string> NamesOf(NodeRecord node) => Public(node).Concat(Private(node)).Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Public(NodeRecord node) =>
        new[] { node.PublicFqdn, node.Label, node.HostName }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Private(NodeRecord node) =>
        new[] { node.PrivateFqdn, $"{node.Label}-private" }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    private static void Line(StringBuilder text, string? address, IReadOnlyCollection<string> names)
    {
        if (address is not null && names.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{address}\t{string.Join(' ', names)}\n");
        }
    }
}
