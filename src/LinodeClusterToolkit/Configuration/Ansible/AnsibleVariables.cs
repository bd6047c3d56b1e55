using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>A constant of ours among values that are somebody else's text.</summary>
internal sealed record AnsibleWord(string Text);

/// <summary>What Ansible is told of a node, before it becomes YAML or JSON.</summary>
internal static class AnsibleVariables
{
    // A node that the toolkit has no way to is not reached by another: not even its host key would be known.
    private const string NoWay = "-F none -o ProxyCommand=false";

    /// <summary>Variables of a host in the order they are written: text, a list of texts, a number, true or false, or a word of ours.</summary>
    public static IEnumerable<(string Name, object Value)> Of(AnsibleHost host)
    {
        yield return ("ansible_connection", new AnsibleWord(host.Remote is null ? "local" : "ssh"));
        if (host.Remote is { } remote)
        {
            yield return ("ansible_host", remote.Address);
            yield return ("ansible_port", remote.Port);
            yield return ("ansible_user", remote.User);
            yield return ("ansible_become", true);
            yield return ("ansible_become_method", new AnsibleWord("sudo"));
            yield return ("ansible_python_interpreter", new AnsibleWord("auto_silent"));

            // These stand before whatever Ansible adds, so that nothing is let through that we would not.
            yield return ("ansible_ssh_args", host.Way is { } way ? ShellText.Join(way.Options) : NoWay);
            if (host.Way is { Program: var program and not "ssh" })
            {
                yield return ("ansible_ssh_executable", program);
            }

            if (host.KeyFile is { } key)
            {
                yield return ("ansible_ssh_private_key_file", key);
                yield return ("ansible_pipelining", true);
            }

            if (host.Way is not null)
            {
                yield return ("ansible_ssh_transfer_method", new AnsibleWord("piped"));
            }
        }

        yield return ("lct_tags", host.Tags);
        foreach (var (name, fact) in host.Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal))
        {
            yield return (name, fact);
        }
    }

    /// <summary>Groups by name, each with the hosts in it.</summary>
    public static IEnumerable<IGrouping<string, string>> Groups(IReadOnlyCollection<AnsibleHost> hosts)
    {
        var names = hosts.Select(host => host.Name).ToHashSet(StringComparer.Ordinal);
        return hosts
            .SelectMany(host => host.Groups.Where(group => group.Length > 0).Select(group => (Group: GroupName(group, names), host.Name)))
            .Distinct().GroupBy(pair => pair.Group, pair => pair.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);
    }

    /// <summary>A name as Ansible takes it for a group: letters, digits and underscores, and neither a host's nor one of its own.</summary>
    public static string GroupName(string name, IReadOnlySet<string> hosts)
    {
        var plain = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        plain = char.IsAsciiDigit(plain[0]) ? $"_{plain}" : plain;
        return plain is "all" or "ungrouped" || hosts.Contains(plain) ? $"{plain}_group" : plain;
    }
}
