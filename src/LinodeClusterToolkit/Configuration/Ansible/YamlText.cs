using System.Globalization;
using System.Text;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>Text as YAML that Ansible takes as it is.</summary>
internal static class YamlText
{
    /// <summary>The text between double quotes; all but plain ASCII is written out, so nothing in it is anything else than text.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' or '\\' => quoted.Append('\\').Append((char)rune.Value),
                >= ' ' and <= '~' => quoted.Append((char)rune.Value),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The same, and Ansible looks for no templates in it: what stands in a secret or a name is never run.</summary>
    public static string Verbatim(string text) => $"!unsafe {Quote(text)}";

    /// <summary>Variables by name, one a line.</summary>
    public static string Variables(IEnumerable<KeyValuePair<string, string>> values) =>
        string.Concat(values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{Quote(value.Key)}: {Verbatim(value.Value)}\n"));
}
