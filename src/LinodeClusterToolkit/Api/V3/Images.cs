using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>The account's own images, or one of them.</summary>
public sealed record ListImages(long? ImageId = null, bool? Pending = null) : V3Operation<IReadOnlyList<ImageReply>>(
    "image.list", V3Effect.Looks, V3Json.Default.IReadOnlyListImageReply, new() { { "ImageID", ImageId }, { "pending", V3Digit.Of(Pending) } });

/// <summary>Changes label or description; what is null stays.</summary>
public sealed record UpdateImage(long ImageId, string? Label = null, string? Description = null) : V3Operation<ImageReply>(
    "image.update", V3Effect.Sets, V3Json.Default.ImageReply, new() { { "ImageID", ImageId }, { "label", Label }, { "description", Description } });

/// <summary>Deletes an image; the answer is what it was.</summary>
public sealed record DeleteImage(long ImageId) : V3Operation<ImageReply>(
    "image.delete", V3Effect.Sets, V3Json.Default.ImageReply, new() { { "ImageID", ImageId } });

/// <summary>An image as the wire has it: smallest disk in MB.</summary>
public sealed record ImageReply(
    long ImageId, string Label = "", string Description = "", string Type = "", string Status = "", int? MinSize = null, bool? IsPublic = null,
    string Creator = "", [property: JsonPropertyName("FS_TYPE")] string Filesystem = "",
    [property: JsonPropertyName("CREATE_DT")] DateTimeOffset? Created = null,
    [property: JsonPropertyName("LAST_USED_DT")] DateTimeOffset? LastUsed = null);
