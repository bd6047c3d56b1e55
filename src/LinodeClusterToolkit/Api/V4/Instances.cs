using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>Linodes of the account.</summary>
public sealed record ListInstances() : V4List<InstanceReply>($"linode/instances", V4Json.Default.V4PageInstanceReply);

/// <summary>One Linode.</summary>
public sealed record GetInstance(long Id) : V4Operation<InstanceReply>(HttpMethod.Get, $"linode/instances/{Id}", V4Json.Default.InstanceReply);

/// <summary>Creates a Linode; id and addresses in the answer are final, the work goes on.</summary>
public sealed record CreateInstance(InstanceBody Instance) : V4Operation<InstanceReply>(
    HttpMethod.Post, $"linode/instances", V4Json.Default.InstanceReply, JsonBody.Of(Instance, V4Json.Default.InstanceBody))
{
    /// <inheritdoc/>
    public override LimitClass Limit => LimitClass.CreateLinode;
}

/// <summary>Changes label, group, tags or watchdog; what is null stays.</summary>
public sealed record UpdateInstance(long Id, InstanceChange Change) : V4Operation<InstanceReply>(
    HttpMethod.Put, $"linode/instances/{Id}", V4Json.Default.InstanceReply, JsonBody.Of(Change, V4Json.Default.InstanceChange));

/// <summary>Deletes a Linode with its disks; volumes are detached.</summary>
public sealed record DeleteInstance(long Id) : V4Operation<NoReply>(HttpMethod.Delete, $"linode/instances/{Id}", null);

/// <summary>Volumes attached to a Linode.</summary>
public sealed record ListInstanceVolumes(long Id)
    : V4List<VolumeReply>($"linode/instances/{Id}/volumes", V4Json.Default.V4PageVolumeReply);

/// <summary>What to create or rebuild a Linode from: swap in MB; user data in base64.</summary>
public sealed record InstanceBody(
    string? Region = null, string? Type = null, string? Label = null, string? Image = null, string? Group = null, IReadOnlyList<string>? Tags = null,
    Sensitive? RootPass = null, IReadOnlyList<string>? AuthorizedKeys = null, IReadOnlyList<string>? AuthorizedUsers = null,
    bool? Booted = null, bool? PrivateIp = null, int? SwapSize = null, long? FirewallId = null, bool? BackupsEnabled = null,
    long? StackscriptId = null, IReadOnlyDictionary<string, Sensitive>? StackscriptData = null, MetadataBody? Metadata = null);

/// <summary>User data for cloud-init, in base64.</summary>
public sealed record MetadataBody(Sensitive UserData);

/// <summary>What to change of a Linode; what is null stays.</summary>
public sealed record InstanceChange(string? Label = null, string? Group = null, IReadOnlyList<string>? Tags = null, bool? WatchdogEnabled = null);

/// <summary>A Linode as the wire has it.</summary>
public sealed record InstanceReply(
    long Id, string Label, string Status, string? Region = null, string? Type = null, string? Image = null, string? Group = null,
    IReadOnlyList<string>? Ipv4 = null, string? Ipv6 = null, IReadOnlyList<string>? Tags = null, InstanceSpecsReply? Specs = null,
    bool WatchdogEnabled = false, bool HasUserData = false, DateTimeOffset? Created = null, DateTimeOffset? Updated = null)
{
    /// <summary>Its backups, in short.</summary>
    public InstanceBackupsReply? Backups { get; init; }
}

/// <summary>What a Linode has: disk and memory in MB.</summary>
public sealed record InstanceSpecsReply(int Disk = 0, int Memory = 0, int Vcpus = 0);
