using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Disks of a Linode.</summary>
public sealed record ListDisks(long LinodeId) : V4List<DiskReply>($"linode/instances/{LinodeId}/disks", V4Json.Default.V4PageDiskReply);

/// <summary>Creates a disk; done when the Linode's <c>disk_create</c> event is finished.</summary>
public sealed record CreateDisk(long LinodeId, DiskBody Disk) : V4Operation<DiskReply>(
    HttpMethod.Post, $"linode/instances/{LinodeId}/disks", V4Json.Default.DiskReply, JsonBody.Of(Disk, V4Json.Default.DiskBody));

/// <summary>Deletes a disk.</summary>
public sealed record DeleteDisk(long LinodeId, long DiskId)
    : V4Operation<NoReply>(HttpMethod.Delete, $"linode/instances/{LinodeId}/disks/{DiskId}", null);

/// <summary>Resizes a disk of a Linode that is off; done when its <c>disk_resize</c> event is finished.</summary>
public sealed record ResizeDisk(long LinodeId, long DiskId, int Size) : V4Operation<NoReply>(
    HttpMethod.Post, $"linode/instances/{LinodeId}/disks/{DiskId}/resize", null, JsonBody.Of(new SizeBody(Size), V4Json.Default.SizeBody));

/// <summary>What to create a disk from: size in MB; an image needs a password or keys.</summary>
public sealed record DiskBody(
    string Label, int Size, string? Filesystem = null, string? Image = null, Sensitive? RootPass = null,
    IReadOnlyList<string>? AuthorizedKeys = null, long? StackscriptId = null, IReadOnlyDictionary<string, Sensitive>? StackscriptData = null);

/// <summary>A new size: MB for disks, GB for volumes.</summary>
public sealed record SizeBody(int Size);

/// <summary>A disk as the wire has it: size in MB.</summary>
public sealed record DiskReply(
    long Id, string Label, string Status, string Filesystem, int Size, DateTimeOffset? Created = null, DateTimeOffset? Updated = null);
