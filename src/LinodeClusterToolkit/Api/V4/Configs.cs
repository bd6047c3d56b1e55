namespace LinodeClusterToolkit.Api.V4;

/// <summary>Boot configurations of a Linode.</summary>
public sealed record ListConfigs(long LinodeId) : V4List<ConfigReply>($"linode/instances/{LinodeId}/configs", V4Json.Default.V4PageConfigReply);

/// <summary>Creates a boot configuration; at once.</summary>
public sealed record CreateConfig(long LinodeId, ConfigBody Config) : V4Operation<ConfigReply>(
    HttpMethod.Post, $"linode/instances/{LinodeId}/configs", V4Json.Default.ConfigReply, JsonBody.Of(Config, V4Json.Default.ConfigBody));

/// <summary>Deletes a boot configuration.</summary>
public sealed record DeleteConfig(long LinodeId, long ConfigId)
    : V4Operation<NoReply>(HttpMethod.Delete, $"linode/instances/{LinodeId}/configs/{ConfigId}", null);

/// <summary>What to create a boot configuration from; devices by slot, <c>sda</c> on.</summary>
public sealed record ConfigBody(string Label, string Kernel, string RootDevice, IReadOnlyDictionary<string, DeviceSlot?> Devices);

/// <summary>What sits in a slot: a disk or a volume.</summary>
public sealed record DeviceSlot(long? DiskId = null, long? VolumeId = null);

/// <summary>A boot configuration as the wire has it.</summary>
public sealed record ConfigReply(
    long Id, string Label, string? Kernel = null, string? RootDevice = null, IReadOnlyDictionary<string, DeviceSlot?>? Devices = null);
