using System.Text.Json.Nodes;

namespace LinodeClusterToolkit.Tests.Secrets.Vault.Double;

/// <summary>What is mounted somewhere.</summary>
internal interface IDoubleEngine
{
    /// <summary>As its mount tells them.</summary>
    JsonObject Options { get; }

    /// <summary>Whether a write there would change something: then its capability is update, not create.</summary>
    bool Has(DoubleRequest request, string path);

    /// <summary>Answers what is asked of a path below the mount.</summary>
    DoubleReply Answer(DoubleRequest request, string path);
}

/// <summary>Version 1 of the key-value engine: what is written is what is there.</summary>
internal sealed class DoubleKeyValue1 : IDoubleEngine
{
    private readonly Dictionary<string, JsonObject> entries = new(StringComparer.Ordinal);

    public JsonObject Options => new() { ["version"] = "1" };

    public bool Has(DoubleRequest request, string path) => entries.ContainsKey(path);

    public DoubleReply Answer(DoubleRequest request, string path)
    {
        switch (request.Verb)
        {
            case "POST" or "PUT":
                entries[path] = (JsonObject)request.Body.DeepClone();
                return DoubleReply.Nothing;
            case "DELETE":
                entries.Remove(path);
                return DoubleReply.Nothing;
            default:
                return entries.TryGetValue(path, out var found) && request.Verb == "GET"
                    ? DoubleReply.Data((JsonObject)found.DeepClone())
                    : DoubleReply.NotFound;
        }
    }
}
