namespace LinodeClusterToolkit.Api.V4;

/// <summary>Asks for a boot, with the configuration named or the last one.</summary>
public sealed record BootInstance(long Id, long? ConfigId = null) : V4Operation<NoReply>(
    HttpMethod.Post, $"linode/instances/{Id}/boot", null, JsonBody.Of(new ConfigChoice(ConfigId), V4Json.Default.ConfigChoice))
{
    /// <inheritdoc/>
    public override bool Repeatable => true;
}

/// <summary>Asks for a shutdown.</summary>
public sealed record ShutDownInstance(long Id) : V4Operation<NoReply>(HttpMethod.Post, $"linode/instances/{Id}/shutdown", null)
{
    /// <inheritdoc/>
    public override bool Repeatable => true;
}

/// <summary>Asks for a reboot. Sent twice it may reboot twice, so it is not repeated when its answer gets lost.</summary>
public sealed record RebootInstance(long Id, long? ConfigId = null) : V4Operation<NoReply>(
    HttpMethod.Post, $"linode/instances/{Id}/reboot", null, JsonBody.Of(new ConfigChoice(ConfigId), V4Json.Default.ConfigChoice));

/// <summary>Wipes a Linode and puts an image on it; id, label and addresses stay. Region, type and label of the body do not count.</summary>
public sealed record RebuildInstance(long Id, InstanceBody Instance) : V4Operation<InstanceReply>(
    HttpMethod.Post, $"linode/instances/{Id}/rebuild", V4Json.Default.InstanceReply, JsonBody.Of(Instance, V4Json.Default.InstanceBody));

/// <summary>Moves a Linode to another type; done when its <c>linode_resize</c> event is finished.</summary>
public sealed record ResizeInstance(long Id, ResizeBody Resize) : V4Operation<NoReply>(
    HttpMethod.Post, $"linode/instances/{Id}/resize", null, JsonBody.Of(Resize, V4Json.Default.ResizeBody));

/// <summary>Which configuration to boot; null for the last one.</summary>
public sealed record ConfigChoice(long? ConfigId = null);

/// <summary>What to resize to; migration is <c>warm</c> or <c>cold</c>.</summary>
public sealed record ResizeBody(string Type, bool? AllowAutoDiskResize = null, string? MigrationType = null);
