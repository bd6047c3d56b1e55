using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Secrets;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What a run is to do, kept with it: whoever goes on with the run makes the same change set of it and of the records as they stand.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "work")]
[JsonDerivedType(typeof(CreateWork), CreateWork.Name)]
[JsonDerivedType(typeof(CreateNodesWork), CreateNodesWork.Name)]
[JsonDerivedType(typeof(StartWork), StartWork.Name)]
[JsonDerivedType(typeof(StopWork), StopWork.Name)]
[JsonDerivedType(typeof(DeleteWork), DeleteWork.Name)]
[JsonDerivedType(typeof(DeleteNodesWork), DeleteNodesWork.Name)]
[JsonDerivedType(typeof(RollBackWork), RollBackWork.Name)]
[JsonDerivedType(typeof(RotateKeysWork), RotateKeysWork.Name)]
[JsonDerivedType(typeof(ApplyWork), ApplyWork.Name)]
[JsonDerivedType(typeof(RollWork), RollWork.Name)]
internal abstract record ClusterWork
{
    /// <summary>Its name in records and for people.</summary>
    [JsonIgnore]
    public abstract string Verb { get; }

    /// <summary>State of the cluster while it goes on; null leaves it as it is.</summary>
    [JsonIgnore]
    public virtual ClusterState? During => null;

    /// <summary>True starts nothing new once a step failed.</summary>
    [JsonIgnore]
    public virtual bool StopsOnFailure => false;

    /// <summary>The plan it works by.</summary>
    public virtual ResolvedPlan PlanOf(ClusterRecord cluster) => ResolvedPlanJson.Read(cluster.Resolved);

    /// <summary>Whether beginning it goes on with that run, which did not come to its end.</summary>
    public virtual bool GoesOnWith(RunRecord last) => last.Verb == Verb;

    /// <summary>The plan that is kept with the cluster once it has begun.</summary>
    public virtual ResolvedPlan Changed(ResolvedPlan plan) => plan;

    /// <summary>Throws where the cluster is not to be touched in this way; asked whenever its run begins or goes on.</summary>
    public virtual void DemandAllowed(ClusterRecord cluster)
    {
    }

    /// <summary>Throws where it makes no sense as things stand; asked once, before its run begins.</summary>
    public virtual void Demand(ClusterRecord cluster, IReadOnlyCollection<NodeRecord> nodes)
    {
    }

    /// <summary>Throws where a secret that would be needed on the way is missing, or is none.</summary>
    public virtual Task DemandDataAsync(ResolvedPlan plan, ChangeSet changes, ISecretStore secrets, CancellationToken cancellation) =>
        Task.CompletedTask;

    /// <summary>What is to be changed until it is done.</summary>
    public abstract ChangeSet Plan(ClusterBook book, ResolvedPlan plan);

    /// <summary>As one line of JSON.</summary>
    public string Write() => JsonSerializer.Serialize(this, ClusterWorkJson.Default.ClusterWork);

    /// <summary>What <see cref="Write"/> wrote; null where nothing was, as by an older version.</summary>
    public static ClusterWork? Read(string json) => json.Length == 0 ? null : JsonSerializer.Deserialize(json, ClusterWorkJson.Default.ClusterWork);

    /// <summary>Throws where the cluster may not be deleted, nor anything of it.</summary>
    public static void DemandUnprotected(ClusterRecord cluster)
    {
        if (cluster.IsProtected)
        {
            throw new LinodeToolkitException(ClusterProblems.Protected(cluster.Name));
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true, Converters = [typeof(SetOfNames)])]
[JsonSerializable(typeof(ClusterWork))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ClusterWorkJson : JsonSerializerContext
{
    /// <summary>Sets are read as what they can be written as, which the serialiser does not do for the interface.</summary>
    private sealed class SetOfNames : JsonConverter<IReadOnlySet<string>>
    {
        public override IReadOnlySet<string> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize(ref reader, Default.StringArray)!.ToHashSet(StringComparer.Ordinal);

        public override void Write(Utf8JsonWriter writer, IReadOnlySet<string> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, [.. value.Order(StringComparer.Ordinal)], Default.StringArray);
    }
}
