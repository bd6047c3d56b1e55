using System.Globalization;
using System.Text;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>Nodes as an inventory of Ansible, in YAML.</summary>
internal sealed class AnsibleInventory
{
    // What many hosts share, such as the names of all nodes, is written once: else the text grows with the square of their number.
    private const int WorthNaming = 60;

    private readonly Dictionary<string, string> named = new(StringComparer.Ordinal);

    /// <summary>The text of the inventory.</summary>
    public static string Of(IReadOnlyCollection<AnsibleHost> hosts) => new AnsibleInventory().Write(hosts);

    private string Write(IReadOnlyCollection<AnsibleHost> hosts)
    {
        var text = new StringBuilder("all:\n  hosts:\n");
        foreach (var host in hosts)
        {
            var variables = AnsibleVariables.Of(host).Select(variable => $"{variable.Name}: {Value(variable.Value)}");
            text.Append(CultureInfo.InvariantCulture, $"    {YamlText.Quote(host.Name)}: {{{string.Join(", ", variables)}}}\n");
        }

        text.Append("  children:\n");
        foreach (var group in AnsibleVariables.Groups(hosts))
        {
            var members = string.Join(", ", group.Select(name => $"{YamlText.Quote(name)}: {{}}"));
            text.Append(CultureInfo.InvariantCulture, $"    {YamlText.Quote(group.Key)}: {{hosts: {{{members}}}}}\n");
        }

        return text.ToString();
    }

    private string Value(object value) => value switch
    {
        AnsibleWord word => word.Text,
        bool yes => yes ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        IEnumerable<string> texts => $"[{string.Join(", ", texts.Select(Value))}]",
        _ => Value((string)value),
    };

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
