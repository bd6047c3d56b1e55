using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Keeping;

/// <summary>Everything that an inventory holds of one cluster, to be put into another or into a file.</summary>
/// <param name="Cluster">The cluster, deleted or not.</param>
/// <param name="Fence">Highest fence of a lease on its name: it must never go down.</param>
/// <param name="Nodes">Its nodes, those that are gone too.</param>
/// <param name="Resources">What else is of it.</param>
/// <param name="Counters">Its running counters.</param>
/// <param name="Runs">Its runs, oldest first.</param>
/// <param name="Changes">Its changes of state, oldest first.</param>
internal sealed record ClusterCopy(
    ClusterRecord Cluster, long Fence, IReadOnlyList<NodeRecord> Nodes, IReadOnlyList<ResourceRecord> Resources,
    IReadOnlyDictionary<string, long> Counters, IReadOnlyList<RunCopy> Runs, IReadOnlyList<StateChange> Changes)
{
    /// <summary>As one line of text; two copies that say the same are the same text.</summary>
    public string Text => JsonSerializer.Serialize(
        this with
        {
            Counters = Counters.OrderBy(one => one.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),

            // Each inventory counts its own.
            Changes = [.. Changes.Select((change, at) => change with { Number = at + 1 })],
        },
        CopyJson.Default.ClusterCopy);

    /// <summary>Reads such a line; null where it is none.</summary>
    public static ClusterCopy? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, CopyJson.Default.ClusterCopy);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A run with its steps in the order of first writing.</summary>
internal sealed record RunCopy(RunRecord Run, IReadOnlyList<JournalEntry> Steps);

/// <summary>First line of a file that holds an inventory.</summary>
internal sealed record CopyHead(string Format, int Version, string From, DateTimeOffset Made);

/// <summary>Its last line: without it the file was cut.</summary>
internal sealed record CopyEnd(int Clusters);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(ClusterCopy))]
[JsonSerializable(typeof(CopyHead))]
[JsonSerializable(typeof(CopyEnd))]
internal sealed partial class CopyJson : JsonSerializerContext;
