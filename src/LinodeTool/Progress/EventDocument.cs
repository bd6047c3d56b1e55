using System.Reflection;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Views;

namespace LinodeTool.Progress;

/// <summary>An event of a run as files and <c>--progress json</c> have it. Readers ignore members and types they do not know.</summary>
internal sealed record EventDocument(int V, long Seq, DateTimeOffset Ts, string Run, string Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tool { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cluster { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Region { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Node { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Ms { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorBody? Error { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShapeDocument? Shape { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunDocument? Summary { get; init; }

    public static string ToolVersion { get; } =
        typeof(EventDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static EventDocument From(RunEvent happened) => new(1, happened.Sequence, happened.At, happened.Run, happened.Type)
    {
        Tool = happened.Type == RunEventTypes.Hello ? $"linodetool {ToolVersion}" : null,
        Cluster = happened.Cluster,
        Region = happened.Region,
        Group = happened.Group,
        Node = happened.Node,
        Task = happened.Task,
        Text = happened.Text,
        Attempt = happened.Attempt,
        Ms = happened.Milliseconds,
        Error = happened.Error is { } problem ? ErrorBody.From(problem) : null,
        Shape = happened.Shape is { } shape ? ShapeDocument.From(shape) : null,
        Summary = happened.Summary is { } summary ? RunDocument.From(summary) : null,
    };
}

internal sealed record ShapeDocument(string Verb, int Steps, double? LeastSeconds, IReadOnlyList<GroupShape> Groups)
{
    public static ShapeDocument From(RunShape shape) => new(shape.Verb, shape.Steps, shape.LeastTime?.TotalSeconds, shape.Groups);
}
