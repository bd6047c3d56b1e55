namespace LinodeClusterToolkit.Api.V3;

/// <summary>Volumes of the account, or one of them.</summary>
/// <remarks>Volumes came late to API v3, and little is known of them there: better made through v4.</remarks>
public sealed record ListVolumes(long? VolumeId = null) : V3Operation<IReadOnlyList<VolumeReply>>(
    "volume.list", V3Effect.Looks, V3Json.Default.IReadOnlyListVolumeReply, new() { { "VolumeID", VolumeId } });

/// <summary>Creates a volume in a datacenter, or attached to a Linode; size in GB.</summary>
public sealed record CreateVolume(string Label, int Size, long? DatacenterId = null, long? LinodeId = null) : V3Operation<V3NoReply>(
    "volume.create", V3Effect.Makes, null,
    new() { { "Label", Label }, { "Size", Size }, { "DatacenterID", DatacenterId }, { "LinodeID", LinodeId } });

/// <summary>Copies a volume.</summary>
public sealed record CloneVolume(long VolumeId, string Label) : V3Operation<V3NoReply>(
    "volume.clone", V3Effect.Makes, null, new() { { "CloneFromID", VolumeId }, { "Label", Label } });

/// <summary>Changes label or size, or attaches to a Linode; what is null stays. Linode 0 is likely to detach.</summary>
public sealed record UpdateVolume(long VolumeId, string? Label = null, int? Size = null, long? LinodeId = null) : V3Operation<V3NoReply>(
    "volume.update", V3Effect.Sets, null, new() { { "VolumeID", VolumeId }, { "Label", Label }, { "Size", Size }, { "LinodeID", LinodeId } });

/// <summary>Deletes a volume.</summary>
public sealed record DeleteVolume(long VolumeId) : V3Operation<V3NoReply>(
    "volume.delete", V3Effect.Sets, null, new() { { "VolumeID", VolumeId } });

/// <summary>A volume as the wire has it: size in GB; Linode 0 where it is detached.</summary>
public sealed record VolumeReply(
    long VolumeId, string Label = "", long? LinodeId = null, int? Size = null, long? DatacenterId = null, string Status = "");
