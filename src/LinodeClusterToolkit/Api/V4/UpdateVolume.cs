namespace LinodeClusterToolkit.Api.V4;

/// <summary>Changes label or tags of a volume; what is null stays.</summary>
public sealed record UpdateVolume(long Id, VolumeChange Change) : V4Operation<VolumeReply>(
    HttpMethod.Put, $"volumes/{Id}", V4Json.Default.VolumeReply, JsonBody.Of(Change, V4Json.Default.VolumeChange));

/// <summary>What to change of a volume; what is null stays.</summary>
public sealed record VolumeChange(string? Label = null, IReadOnlyList<string>? Tags = null);
