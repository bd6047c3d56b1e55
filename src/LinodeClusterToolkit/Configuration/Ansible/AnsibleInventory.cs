using System.Globalization;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>Nodes as an inventory of Ansible, in YAML.</summary>
internal sealed class AnsibleInventory
{
    // What many hosts share, such as the names of all nodes, is written once: else the text grows with the square of their number.
    private const int WorthNaming = 60;

    // A node that the toolkit has no way to is not reached by another: not even its host key would be known.
    private const string NoWay = "-F none -o ProxyCommand=false";

    private readonly Dictionary<string, string> named = new(StringComparer.Ordinal);

    /// <summary>The text of the inventory.</summary>
    public static string Of(IReadOnlyCollection<AnsibleHost> hosts) => new AnsibleInventory().Write(hosts);

    /// <summary>A name as Ansible takes it for a group: letters, digits and underscores, and neither a host's nor one of its own.</summary>
    public static string GroupName(string name, IReadOnlySet<string> hosts)
    {
        var plain = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        plain = char.IsAsciiDigit(plain[0]) ? $"_{plain}" : plain;
        return plain is "all" or "ungrouped" || hosts.Contains(plain) ? $"{plain}_group" : plain;
    }

    private string Write(IReadOnlyCollection<AnsibleHost> hosts)
    {
        var text = new StringBuilder("all:\n  hosts:\n");
        foreach (var host in hosts)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {YamlText.Quote(host.Name)}: {{{string.Join(", ", Variables(host))}}}\n");
        }

        var names = hosts.Select(host => host.Name).ToHashSet(StringComparer.Ordinal);
        text.Append("  children:\n");
        var groups = hosts
            .SelectMany(host => host.Groups.Where(group => group.Length > 0).Select(group => (Group: GroupName(group, names), host.Name)))
            .Distinct().GroupBy(pair => pair.Group, pair => pair.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var members = string.Join(", ", group.Select(name => $"{YamlText.Quote(name)}: {{}}"));
            text.Append(CultureInfo.InvariantCulture, $"    {YamlText.Quote(group.Key)}: {{hosts: {{{members}}}}}\n");
        }

        return text.ToString();
    }

    private IEnumerable<string> Variables(AnsibleHost host)
    {
        if (host.Remote is { } remote)
        {
            yield return $"ansible_connection: ssh, ansible_host: {Value(remote.Address)}, ansible_port: {remote.Port}";
            yield return $"ansible_user: {Value(remote.User)}";
            yield return "ansible_become: true, ansible_become_method: sudo, ansible_python_interpreter: auto_silent";

            // These stand before whatever Ansible adds, so that nothing is let through that we would not.
            yield return $"ansible_ssh_args: {Value(host.Way is { } way ? ShellText.Join(way.Options) : NoWay)}";
            if (host.Way is { Program: var program })
            {
                yield return $"ansible_ssh_executable: {Value(program)}, ansible_ssh_transfer_method: piped";
            }
        }
        else
        {
            yield return "ansible_connection: local";
        }

        yield return $"lct_tags: [{string.Join(", ", host.Tags.Select(Value))}]";
        foreach (var (name, fact) in host.Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal))
        {
            yield return $"{name}: {Value(fact)}";
        }
    }

    private string Value(string text)
    {
        if (text.Length < WorthNaming)
        {
            return YamlText.Verbatim(text);
        }

        if (named.TryGetValue(text, out var name))
        {
            return $"*{name}";
        }

        named[text] = name = $"t{named.Count + 1}";
        return $"&{name} {YamlText.Verbatim(text)}";
    }
}
