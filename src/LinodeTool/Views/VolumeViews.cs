using System.Globalization;
using System.Text.Json.Serialization;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>A volume of a cluster.</summary>
internal sealed record VolumeDocument(
    long? Id, string Label, string Cluster, string? Region, long? SizeGb, string? Node, string? Mount, string? Filesystem, string? Device, string Key)
{
    /// <summary>What was done on its node, in words; only where something was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Done { get; init; }

    /// <summary>True where its node has to be booted again before it sees the new size.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? RebootNeeded { get; init; }

    /// <summary>Why nothing was done on its node, where something might have been.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Undone { get; init; }

    public static VolumeDocument From(VolumeView volume) => new(
        volume.Record.CloudId, volume.Record.Label, volume.Cluster, volume.Record.Region, volume.Record.Size, volume.Node?.Label,
        volume.IsMountedByPlan ? volume.Mount : null, volume.Filesystem, volume.Record.Address, volume.Record.Key);

    public static VolumeDocument From(VolumeOutcome outcome) => From(outcome.Volume) with
    {
        Done = outcome.Done, RebootNeeded = outcome.NeedsReboot, Undone = outcome.Undone,
    };
}

internal static class VolumeViews
{
    public static Shape<VolumeDocument> Shape => new(ToolJson.Default.VolumeDocument, volume => volume.Label,
    [
        new("label", volume => volume.Label),
        new("id", volume => volume.Id?.ToString(CultureInfo.InvariantCulture)) { Right = true },
        new("cluster", volume => volume.Cluster),
        new("region", volume => volume.Region),
        new("size", volume => volume.SizeGb is { } size ? $"{size} GB" : null) { Right = true },
        new("node", volume => volume.Node),
        new("mount", volume => volume.Mount),
        new("filesystem", volume => volume.Filesystem) { Wide = true },
        new("device", volume => volume.Device) { Wide = true },
        new("key", volume => volume.Key) { Wide = true },
    ]);

    public static IEnumerable<string> Text(VolumeDocument volume) => Facts.Lines(
        ("label", volume.Label), ("id", volume.Id?.ToString(CultureInfo.InvariantCulture)), ("cluster", volume.Cluster), ("region", volume.Region),
        ("size", volume.SizeGb is { } size ? $"{size} GB" : null), ("node", volume.Node), ("mount", volume.Mount),
        ("filesystem", volume.Filesystem), ("device", volume.Device),
        ("done", volume.Done is { Count: > 0 } done ? string.Join(", ", done) : null), ("not done", volume.Undone));
}
