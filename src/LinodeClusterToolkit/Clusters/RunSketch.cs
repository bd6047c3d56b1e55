using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What the graph of a run is drawn of: records as they were when it was decided what to change, since the run changes them.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Nodes">Its nodes.</param>
/// <param name="Resources">What else is of it.</param>
/// <param name="Work">What is to be done, as <see cref="ClusterWork.Write"/> writes it.</param>
internal sealed record RunSketch(
    ClusterRecord Cluster, IReadOnlyList<NodeRecord> Nodes, IReadOnlyList<ResourceRecord> Resources, string Work)
{
    /// <summary>As text.</summary>
    public string Write() => JsonSerializer.Serialize(this, RunSketchJson.Default.RunSketch);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RunSketch Read(string text) => JsonSerializer.Deserialize(text, RunSketchJson.Default.RunSketch)!;

    /// <summary>What is to be changed: the same as whoever wrote it had decided.</summary>
    public ChangeSet Decide(IInventoryStore store, TimeProvider time)
    {
        var work = ClusterWork.Read(Work)!;
        return work.Plan(ClusterBook.Of(store, Cluster, Nodes, Resources, time), work.PlanOf(Cluster));
    }
}

/// <summary>Its form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(RunSketch))]
[JsonSerializable(typeof(RunEvent))]
internal sealed partial class RunSketchJson : JsonSerializerContext;
