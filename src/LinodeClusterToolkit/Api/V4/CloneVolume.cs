namespace LinodeClusterToolkit.Api.V4;

/// <summary>Copies a volume that is active to a new one of that label; tags cannot be given.</summary>
public sealed record CloneVolume(long Id, string Label) : V4Operation<VolumeReply>(
    HttpMethod.Post, $"volumes/{Id}/clone", V4Json.Default.VolumeReply, JsonBody.Of(new LabelBody(Label), V4Json.Default.LabelBody));

/// <summary>A label for what is made.</summary>
public sealed record LabelBody(string Label);
