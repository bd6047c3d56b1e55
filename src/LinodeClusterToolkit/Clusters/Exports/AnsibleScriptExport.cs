using System.Text.Json.Nodes;
using LinodeClusterToolkit.Configuration.Ansible;

namespace LinodeClusterToolkit.Clusters.Exports;

/// <summary>The same inventory as JSON, as Ansible takes it from a program that is called with <c>--list</c>.</summary>
internal sealed class AnsibleScriptExport : IExporter
{
    public ExportFormat Format => new("ansible-json", "the same as JSON, for inventory scripts and plugins", NeedsKeys: true);

    public string Write(ExportSubject subject)
    {
        var hosts = AnsibleExport.HostsOf(subject);
        var groups = AnsibleVariables.Groups(hosts).ToList();
        var inventory = new JsonObject
        {
            ["_meta"] = new JsonObject
            {
                ["hostvars"] = new JsonObject(hosts.Select(host => KeyValuePair.Create(
                    host.Name, (JsonNode?)new JsonObject(AnsibleVariables.Of(host).Select(one => KeyValuePair.Create(one.Name, Value(one.Value))))))),
            },
            ["all"] = new JsonObject { ["children"] = Texts(groups.Select(group => group.Key)) },
        };
        foreach (var group in groups)
        {
            inventory[group.Key] = new JsonObject { ["hosts"] = Texts(group) };
        }

        return ExportText.Of(inventory);
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)JsonValue.Create(text))];

    private static JsonNode? Value(object value) => value switch
    {
        AnsibleWord word => JsonValue.Create(word.Text),
        bool yes => JsonValue.Create(yes),
        int number => JsonValue.Create(number),
        IEnumerable<string> texts => new JsonArray([.. texts.Select(Verbatim)]),
        _ => Verbatim((string)value),
    };

    // Ansible runs what stands between braces, unless it is told that the text is not its own.
    private static JsonNode? Verbatim(string text) =>
        text.Contains('{', StringComparison.Ordinal) ? new JsonObject { ["__ansible_unsafe"] = text } : JsonValue.Create(text);
}
