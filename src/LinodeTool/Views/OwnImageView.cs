using System.Globalization;
using LinodeClusterToolkit.Clusters;
using LinodeTool.Output;

namespace LinodeTool.Views;

/// <summary>An image of the account.</summary>
internal sealed record OwnImageDocument(
    string Id, string Label, string Description, string Status, int SizeMb, long? TotalMb, IReadOnlyList<ImageRegionDocument> Regions, bool CloudInit,
    bool Ours, long? NodeId, DateTimeOffset? Created)
{
    /// <summary>Clusters whose plans make nodes from it; null where nobody looked.</summary>
    public IReadOnlyList<string>? UsedBy { get; init; }

    public static OwnImageDocument From(OwnImage image) => new(
        image.Image.Id, image.Image.Label, image.Image.Description, image.Image.Status, image.Image.SizeMb, image.Image.TotalMb,
        [.. image.Image.Regions.Select(region => new ImageRegionDocument(region.Region, region.Status))], image.Image.HasCloudInit, image.IsOurs,
        image.NodeId, image.Image.Created);
}

/// <summary>An image in a region.</summary>
internal sealed record ImageRegionDocument(string Region, string Status);

/// <summary>What making an image would do.</summary>
internal sealed record ImagePreviewDocument(string Label, string Node, string Cluster, string Disk, long DiskId, int SizeMb, bool Running, bool Stops, bool CloudInit)
{
    public static ImagePreviewDocument From(ImagePreview preview) => new(
        preview.Request.Label, preview.Request.Node.Label, preview.Cluster, preview.Disk.Label, preview.Disk.Id, preview.Disk.SizeMb, preview.IsRunning,
        preview.Request.Stop && preview.IsRunning, preview.CloudInit);
}

internal static class OwnImageView
{
    public static Shape<OwnImageDocument> Shape => new(ToolJson.Default.OwnImageDocument, image => image.Id,
    [
        new("id", image => image.Id),
        new("label", image => image.Label),
        new("status", image => image.Status),
        new("size", image => $"{image.SizeMb} MB") { Right = true },
        new("regions", Regions),
        new("cloud_init", image => image.CloudInit ? "yes" : "no"),
        new("ours", image => image.Ours ? "yes" : "no"),
        new("created", Created),
        new("total", image => image.TotalMb is { } total ? $"{total} MB" : null) { Wide = true, Right = true },
        new("node", Node) { Wide = true },
        new("description", image => image.Description) { Wide = true },
    ]);

    public static Shape<ImagePreviewDocument> Preview => new(ToolJson.Default.ImagePreviewDocument, image => image.Label,
    [
        new("label", image => image.Label),
        new("node", image => image.Node),
        new("disk", image => image.Disk),
        new("size", image => $"{image.SizeMb} MB") { Right = true },
        new("stops", image => image.Stops ? "yes" : "no"),
        new("cloud_init", image => image.CloudInit ? "yes" : "no"),
    ]);

    public static IEnumerable<string> Text(OwnImageDocument image) => Facts.Lines(
        ("id", image.Id), ("label", image.Label), ("description", image.Description), ("status", image.Status),
        ("size", $"{image.SizeMb} MB{(image.TotalMb is { } total && total != image.SizeMb ? $", {total} MB in all regions" : "")}"),
        ("regions", Regions(image)), ("cloud-init", image.CloudInit ? "yes" : "no"),
        ("made by", image.Ours ? "this toolkit" : "somebody else, of this account"), ("made of", Node(image) is { } node ? $"node {node}" : null),
        ("used by", image.UsedBy is { Count: > 0 } used ? string.Join(", ", used) : null), ("created", Created(image)));

    public static IEnumerable<string> PreviewText(ImagePreviewDocument image) => Facts.Lines(
        ("label", image.Label), ("node", image.Node), ("cluster", image.Cluster), ("disk", $"{image.Disk}, {image.SizeMb} MB"),
        ("meanwhile", image.Stops ? "the node is shut down, and booted again" : image.Running ? "the node runs" : "the node stays off"),
        ("cloud-init", image.CloudInit ? "yes" : "no"));

    private static string Regions(OwnImageDocument image) =>
        string.Join(", ", image.Regions.Select(region => region.Status == "available" ? region.Region : $"{region.Region} ({region.Status})"));

    private static string? Node(OwnImageDocument image) => image.NodeId?.ToString(CultureInfo.InvariantCulture);

    private static string? Created(OwnImageDocument image) => image.Created is { } created ? Say.Time(created) : null;
}
