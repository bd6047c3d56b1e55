using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Public images, and with a token the account's own.</summary>
public sealed record ListImages() : V4List<ImageReply>($"images", V4Json.Default.V4PageImageReply)
{
    /// <inheritdoc/>
    public override LimitClass Limit => LimitClass.ListImages;

    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>One image, e.g. <c>linode/debian12</c>.</summary>
public sealed record GetImage(string Id) : V4Operation<ImageReply>(HttpMethod.Get, $"images/{Id}", V4Json.Default.ImageReply)
{
    /// <inheritdoc/>
    public override bool Public => true;
}

/// <summary>Captures a disk as an image; done when the node's <c>disk_imagize</c> event is finished.</summary>
public sealed record CreateImage(ImageBody Image)
    : V4Operation<ImageReply>(HttpMethod.Post, $"images", V4Json.Default.ImageReply, JsonBody.Of(Image, V4Json.Default.ImageBody));

/// <summary>Deletes an image of the account.</summary>
public sealed record DeleteImage(string Id) : V4Operation<NoReply>(HttpMethod.Delete, $"images/{Id}", null);

/// <summary>Changes label or description of an image of the account; what is null stays.</summary>
public sealed record UpdateImage(string Id, ImageChange Change)
    : V4Operation<ImageReply>(HttpMethod.Put, $"images/{Id}", V4Json.Default.ImageReply, JsonBody.Of(Change, V4Json.Default.ImageChange));

/// <summary>Has an image be in these regions and no other.</summary>
public sealed record ReplicateImage(string Id, ImageRegionsBody Regions) : V4Operation<ImageReply>(
    HttpMethod.Post, $"images/{Id}/regions", V4Json.Default.ImageReply, JsonBody.Of(Regions, V4Json.Default.ImageRegionsBody));

/// <summary>Begins an image that is made of a file; the answer says where that is to be sent.</summary>
public sealed record UploadImage(ImageUploadBody Image) : V4Operation<ImageUploadReply>(
    HttpMethod.Post, $"images/upload", V4Json.Default.ImageUploadReply, JsonBody.Of(Image, V4Json.Default.ImageUploadBody));

/// <summary>What to change of an image.</summary>
public sealed record ImageChange(string? Label = null, string? Description = null);

/// <summary>Where an image is to be.</summary>
public sealed record ImageRegionsBody(IReadOnlyList<string> Regions);

/// <summary>An image to be made of a file.</summary>
public sealed record ImageUploadBody(
    string Label, string Region, string? Description = null, bool? CloudInit = null, IReadOnlyList<string>? Tags = null);

/// <summary>An image that waits for its file.</summary>
public sealed record ImageUploadReply(ImageReply Image, string UploadTo);

/// <summary>An image in a region, as the wire has it.</summary>
public sealed record ImageRegionReply(string Region, string? Status = null);

/// <summary>What to make an image from.</summary>
public sealed record ImageBody(
    long DiskId, string? Label = null, string? Description = null, bool? CloudInit = null, IReadOnlyList<string>? Tags = null);

/// <summary>An image as the wire has it: size in MB.</summary>
public sealed record ImageReply(
    string Id, string Label, string? Vendor = null, int Size = 0, bool Deprecated = false, bool IsPublic = false, string? Status = null,
    IReadOnlyList<string>? Capabilities = null, string? Description = null, DateTimeOffset? Created = null, DateTimeOffset? Eol = null,
    IReadOnlyList<string>? Tags = null, IReadOnlyList<ImageRegionReply>? Regions = null, long? TotalSize = null);
