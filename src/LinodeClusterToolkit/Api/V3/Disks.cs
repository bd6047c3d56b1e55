using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Disks of a Linode, or one of them.</summary>
public sealed record ListDisks(long LinodeId, long? DiskId = null) : V3Operation<IReadOnlyList<DiskReply>>(
    "linode.disk.list", V3Effect.Looks, V3Json.Default.IReadOnlyListDiskReply, new() { { "LinodeID", LinodeId }, { "DiskID", DiskId } });

/// <summary>Creates an empty disk: ext3, ext4, swap or raw, size in MB.</summary>
public sealed record CreateDisk(long LinodeId, string Label, string Type, int Size, bool? IsReadOnly = null) : V3Operation<DiskJobReply>(
    "linode.disk.create", V3Effect.Makes, V3Json.Default.DiskJobReply, new()
    {
        { "LinodeID", LinodeId }, { "Label", Label }, { "Type", Type }, { "Size", Size }, { "isReadOnly", IsReadOnly },
    });

/// <summary>Changes label or write protection; what is null stays.</summary>
public sealed record UpdateDisk(long LinodeId, long DiskId, string? Label = null, bool? IsReadOnly = null) : V3Operation<DiskIdReply>(
    "linode.disk.update", V3Effect.Sets, V3Json.Default.DiskIdReply, new()
    {
        { "LinodeID", LinodeId }, { "DiskID", DiskId }, { "Label", Label }, { "isReadOnly", IsReadOnly },
    });

/// <summary>Changes the size, in MB.</summary>
public sealed record ResizeDisk(long LinodeId, long DiskId, int Size) : V3Operation<DiskJobReply>(
    "linode.disk.resize", V3Effect.Makes, V3Json.Default.DiskJobReply, new() { { "LinodeID", LinodeId }, { "DiskID", DiskId }, { "size", Size } });

/// <summary>Copies a disk; the answer names the copy.</summary>
public sealed record DuplicateDisk(long LinodeId, long DiskId) : V3Operation<DiskJobReply>(
    "linode.disk.duplicate", V3Effect.Makes, V3Json.Default.DiskJobReply, new() { { "LinodeID", LinodeId }, { "DiskID", DiskId } });

/// <summary>Deletes a disk; gone when the job is done.</summary>
public sealed record DeleteDisk(long LinodeId, long DiskId) : V3Operation<DiskJobReply>(
    "linode.disk.delete", V3Effect.Sets, V3Json.Default.DiskJobReply, new() { { "LinodeID", LinodeId }, { "DiskID", DiskId } });

/// <summary>Captures a disk as an image; there when the job is done.</summary>
public sealed record ImagizeDisk(long LinodeId, long DiskId, string? Label = null, string? Description = null) : V3Operation<ImageJobReply>(
    "linode.disk.imagize", V3Effect.Makes, V3Json.Default.ImageJobReply, new()
    {
        { "LinodeID", LinodeId }, { "DiskID", DiskId }, { "Label", Label }, { "Description", Description },
    });

/// <summary>A disk as the wire has it: size in MB, status 1 ready, 2 being deleted.</summary>
public sealed record DiskReply(
    long DiskId, long? LinodeId = null, string Label = "", string Type = "", int? Size = null, int? Status = null, bool? IsReadOnly = null,
    [property: JsonPropertyName("CREATE_DT")] DateTimeOffset? Created = null,
    [property: JsonPropertyName("UPDATE_DT")] DateTimeOffset? Updated = null);

/// <summary>Which disk was changed.</summary>
public sealed record DiskIdReply(long DiskId);

/// <summary>Which disk it is about, and the job that does it.</summary>
public sealed record DiskJobReply(long DiskId, long JobId);

/// <summary>Which image it will be, and the job that makes it.</summary>
public sealed record ImageJobReply(long ImageId, long JobId);
