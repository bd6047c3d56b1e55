using System.Text.Json;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.JsonFiles;

namespace LinodeClusterToolkit.Inventory;

/// <summary>A cluster as its file has it; plan and resolved plan stand in files beside it.</summary>
internal sealed record ClusterFile(Guid Id, string Name, ClusterState State, string PlanName, DateTimeOffset Created)
{
    public long? FirewallId { get; init; }

    public string? LastRun { get; init; }

    public bool IsProtected { get; init; }

    public DateTimeOffset? Updated { get; init; }
}

/// <summary>What kinds of files there are.</summary>
internal static class JsonForms
{
    public static DocumentKind<ClusterFile> Cluster { get; } = new(JsonForm.Of<ClusterFile>(RecordJson.Default));

    // What has a usual value in the record has it in a file that leaves it out, as one that somebody wrote by hand.
    public static DocumentKind<NodeRecord> Node { get; } = new(JsonForm.Of<NodeRecord>(RecordJson.Default))
    {
        Key = node => node.Key,
        Mend = node => node.Power is not null && node.HostKeys is not null
            ? node
            : node with { Power = node.Power ?? "unknown", HostKeys = node.HostKeys ?? [] },
    };

    public static DocumentKind<ResourceRecord> Resource { get; } = new(JsonForm.Of<ResourceRecord>(RecordJson.Default))
    {
        Key = resource => $"{JsonNamingPolicy.KebabCaseLower.ConvertName(resource.Kind.ToString())}/{resource.Key}",
    };

    public static DocumentKind<SortedDictionary<string, long>> Counters { get; } = new(RecordJson.Default.Counters);

    public static DocumentKind<RunRecord> Run { get; } = new(JsonForm.Of<RunRecord>(RecordJson.Default))
    {
        Key = run => run.Id,
        Mend = run => run.Work is null ? run with { Work = "" } : run,
    };
}

/// <summary>How their members are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true, ReadCommentHandling = JsonCommentHandling.Skip,
    Converters =
    [
        typeof(KebabWords<ClusterState>), typeof(KebabWords<NodeState>), typeof(KebabWords<NodeStage>), typeof(KebabWords<BootState>),
        typeof(KebabWords<ConfigurationState>), typeof(KebabWords<HostKeyOrigin>), typeof(KebabWords<ResourceKind>), typeof(KebabWords<StateAspect>),
    ])]
[JsonSerializable(typeof(ClusterFile))]
[JsonSerializable(typeof(NodeRecord))]
[JsonSerializable(typeof(ResourceRecord))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(StateChange))]
[JsonSerializable(typeof(SortedDictionary<string, long>), TypeInfoPropertyName = "Counters")]
internal sealed partial class RecordJson : JsonSerializerContext;
