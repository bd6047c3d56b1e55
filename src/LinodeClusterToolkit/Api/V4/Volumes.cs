using LinodeClusterToolkit.Api.Http;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Volumes of the account.</summary>
public sealed record ListVolumes() : V4List<VolumeReply>($"volumes", V4Json.Default.V4PageVolumeReply);

/// <summary>One volume.</summary>
public sealed record GetVolume(long Id) : V4Operation<VolumeReply>(HttpMethod.Get, $"volumes/{Id}", V4Json.Default.VolumeReply);

/// <summary>Creates a volume, attached where the body names a Linode.</summary>
public sealed record CreateVolume(VolumeBody Volume) : V4Operation<VolumeReply>(
    HttpMethod.Post, $"volumes", V4Json.Default.VolumeReply, JsonBody.Of(Volume, V4Json.Default.VolumeBody))
{
    /// <inheritdoc/>
    public override LimitClass Limit => LimitClass.CreateVolume;
}

/// <summary>Attaches a volume to a Linode of its region.</summary>
public sealed record AttachVolume(long Id, AttachBody To) : V4Operation<VolumeReply>(
    HttpMethod.Post, $"volumes/{Id}/attach", V4Json.Default.VolumeReply, JsonBody.Of(To, V4Json.Default.AttachBody))
{
    /// <inheritdoc/>
    public override bool Repeatable => true;
}

/// <summary>Asks for a detach; done when the volume names no Linode.</summary>
public sealed record DetachVolume(long Id) : V4Operation<NoReply>(HttpMethod.Post, $"volumes/{Id}/detach", null)
{
    /// <inheritdoc/>
    public override bool Repeatable => true;
}

/// <summary>Makes a volume larger, in GB; it never shrinks.</summary>
public sealed record ResizeVolume(long Id, int Size) : V4Operation<VolumeReply>(
    HttpMethod.Post, $"volumes/{Id}/resize", V4Json.Default.VolumeReply, JsonBody.Of(new SizeBody(Size), V4Json.Default.SizeBody));

/// <summary>Deletes a volume and what is on it.</summary>
public sealed record DeleteVolume(long Id) : V4Operation<NoReply>(HttpMethod.Delete, $"volumes/{Id}", null);

/// <summary>What to create a volume from: size in GB; region or Linode.</summary>
public sealed record VolumeBody(
    string Label, int Size, string? Region = null, long? LinodeId = null, long? ConfigId = null, IReadOnlyList<string>? Tags = null);

/// <summary>Where to attach a volume, and whether it stays over reboots.</summary>
public sealed record AttachBody(long LinodeId, long? ConfigId = null, bool PersistAcrossBoots = true);

/// <summary>A volume as the wire has it: size in GB.</summary>
public sealed record VolumeReply(
    long Id, string Label, string Status, int Size, string? Region = null, long? LinodeId = null, string? FilesystemPath = null,
    IReadOnlyList<string>? Tags = null, DateTimeOffset? Created = null, DateTimeOffset? Updated = null);
