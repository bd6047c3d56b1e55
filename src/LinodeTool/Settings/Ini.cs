namespace LinodeTool.Settings;

/// <summary>The files of linode-cli and of Linode's Go library: <c>[section]</c> and <c>key = value</c> lines.</summary>
internal sealed class Ini
{
    private readonly Dictionary<string, Dictionary<string, string>> sections = new(StringComparer.OrdinalIgnoreCase);

    public static Ini Parse(string text)
    {
        var ini = new Ini();
        var section = "DEFAULT";
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1].Trim();
            }
            else if (line.IndexOfAny(['=', ':']) is > 0 and var at)
            {
                ini.Section(section)[line[..at].Trim()] = line[(at + 1)..].Trim();
            }
        }

        return ini;
    }

    public string? Value(string section, string key) =>
        sections.TryGetValue(section, out var keys) && keys.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    private Dictionary<string, string> Section(string name) =>
        sections.TryGetValue(name, out var section) ? section : sections[name] = new(StringComparer.OrdinalIgnoreCase);
}
