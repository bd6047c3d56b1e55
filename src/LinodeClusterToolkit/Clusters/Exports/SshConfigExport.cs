using System.Globalization;
using System.Text;
using LinodeClusterToolkit.Remote.OpenSsh;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>A configuration for the OpenSSH client.</summary>
internal sealed class SshConfigExport : IExporter
{
    public ExportFormat Format => new("ssh-config", "configuration of OpenSSH: ssh -F FILE LABEL, or an Include of it in yours", NeedsKeys: true);

    public bool WantsRoutes => true;

    public string Write(ExportSubject subject)
    {
        var text = new StringBuilder($"# Nodes of {subject.Name} for OpenSSH: ssh -F FILE LABEL\n");
        foreach (var node in subject.LeftOut)
        {
            text.Append(CultureInfo.InvariantCulture, $"# left out: {node.Label} ({node.WhyNot})\n");
        }

        foreach (var node in subject.Reached)
        {
            var host = node.Host!;
            Block(text, [node.Label], [
                ("HostName", host.Address), ("User", host.User), ("Port", $"{host.Port}"), .. LastingWay.Own(host, node.KeyFile), .. node.Route,
            ]);
        }

        if (subject.Reached is [{ Host.KnownHosts: var known }, ..] all)
        {
            Block(text, all.Select(node => node.Label), LastingWay.Shared(known));
        }

        return text.ToString();
    }

    private static void Block(StringBuilder text, IEnumerable<string> labels, IEnumerable<(string Name, string Value)> settings)
    {
        text.Append(CultureInfo.InvariantCulture, $"\nHost {string.Join(' ', labels)}\n");
        foreach (var (name, value) in settings)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name} {value}\n");
        }
    }
}
