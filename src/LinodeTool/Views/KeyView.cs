using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>An admin key that would be replaced.</summary>
internal sealed record KeyDocument(string Key, IReadOnlyList<string> Nodes, IReadOnlyList<string> Off, string? Fingerprint, bool Begun)
{
    public static KeyDocument From(KeyToRotate key) => new(key.Name, key.Nodes, key.Off, key.Fingerprint, key.IsBegun);
}

internal static class KeyView
{
    public static Shape<KeyDocument> Shape => new(ToolJson.Default.KeyDocument, key => key.Key,
    [
        new("key of", key => key.Key),
        new("nodes", key => string.Join(", ", key.Nodes)),
        new("off", key => string.Join(", ", key.Off)),
        new("begun", key => key.Begun ? "yes" : "no"),
        new("fingerprint", key => key.Fingerprint ?? "not in the store"),
    ]);
}
