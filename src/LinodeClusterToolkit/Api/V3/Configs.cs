using System.Text.Json.Serialization;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>Configurations of a Linode, or one of them.</summary>
public sealed record ListConfigs(long LinodeId, long? ConfigId = null) : V3Operation<IReadOnlyList<ConfigReply>>(
    "linode.config.list", V3Effect.Looks, V3Json.Default.IReadOnlyListConfigReply, new() { { "LinodeID", LinodeId }, { "ConfigID", ConfigId } });

/// <summary>Creates a configuration; kernel, label and disks must be given.</summary>
public sealed record CreateConfig(long LinodeId, ConfigBody Config) : V3Operation<ConfigIdReply>(
    "linode.config.create", V3Effect.Makes, V3Json.Default.ConfigIdReply, Config.ToParameters(LinodeId, null));

/// <summary>Changes a configuration; what is null stays.</summary>
public sealed record UpdateConfig(long LinodeId, long ConfigId, ConfigBody Config) : V3Operation<ConfigIdReply>(
    "linode.config.update", V3Effect.Sets, V3Json.Default.ConfigIdReply, Config.ToParameters(LinodeId, ConfigId));

/// <summary>Deletes a configuration.</summary>
public sealed record DeleteConfig(long LinodeId, long ConfigId) : V3Operation<ConfigIdReply>(
    "linode.config.delete", V3Effect.Sets, V3Json.Default.ConfigIdReply, new() { { "LinodeID", LinodeId }, { "ConfigID", ConfigId } });

/// <summary>What a configuration boots: disks by place, the first as sda, null for a hole; all helpers are on unless said otherwise.</summary>
public sealed record ConfigBody(long? KernelId = null, string? Label = null, IReadOnlyList<long?>? Disks = null, string? Comments = null)
{
    /// <summary>Memory in MB; 0 for all.</summary>
    public int? RamLimit { get; init; }

    /// <summary>default, single or binbash.</summary>
    public string? RunLevel { get; init; }

    /// <summary>Place of the root disk, from 1; 0 for <see cref="RootDeviceCustom"/>.</summary>
    public int? RootDeviceNum { get; init; }

    /// <summary>Root device by name.</summary>
    public string? RootDeviceCustom { get; init; }

    /// <summary>Whether it is mounted read-only at first.</summary>
    public bool? RootDeviceReadOnly { get; init; }

    /// <summary>paravirt or fullvirt.</summary>
    public string? VirtMode { get; init; }

    /// <summary>Whether the file database is kept from being updated.</summary>
    public bool? HelperDisableUpdateDb { get; init; }

    /// <summary>Whether the distribution is prepared for the platform at boot.</summary>
    public bool? HelperDistro { get; init; }

    /// <summary>Whether modules are looked through at boot.</summary>
    public bool? HelperDepmod { get; init; }

    /// <summary>Whether the network is set up at boot.</summary>
    public bool? HelperNetwork { get; init; }

    /// <summary>Whether devtmpfs is mounted.</summary>
    public bool? DevtmpfsAutomount { get; init; }

    // DiskList: 101,102
    internal V3Parameters ToParameters(long linodeId, long? configId) => new()
    {
        { "LinodeID", linodeId }, { "ConfigID", configId }, { "KernelID", KernelId }, { "Label", Label },
        { "DiskList", Disks is null ? null : string.Join(',', Disks) }, { "Comments", Comments }, { "RAMLimit", RamLimit },
        { "RunLevel", RunLevel }, { "RootDeviceNum", RootDeviceNum }, { "RootDeviceCustom", RootDeviceCustom },
        { "RootDeviceRO", RootDeviceReadOnly }, { "virt_mode", VirtMode }, { "helper_disableUpdateDB", HelperDisableUpdateDb },
        { "helper_distro", HelperDistro }, { "helper_depmod", HelperDepmod }, { "helper_network", HelperNetwork },
        { "devtmpfs_automount", DevtmpfsAutomount },
    };
}

/// <summary>A configuration as the wire has it.</summary>
public sealed record ConfigReply(
    long ConfigId, long? LinodeId = null, string Label = "", string Comments = "", long? KernelId = null, string DiskList = "",
    int? RootDeviceNum = null, string RootDeviceCustom = "", bool? RootDeviceRo = null, string RunLevel = "", int? RamLimit = null,
    [property: JsonPropertyName("virt_mode")] string VirtMode = "",
    [property: JsonPropertyName("helper_disableUpdateDB")] bool? HelperDisableUpdateDb = null,
    [property: JsonPropertyName("helper_distro")] bool? HelperDistro = null,
    [property: JsonPropertyName("helper_depmod")] bool? HelperDepmod = null,
    [property: JsonPropertyName("helper_network")] bool? HelperNetwork = null,
    [property: JsonPropertyName("devtmpfs_automount")] bool? DevtmpfsAutomount = null, bool? IsRescue = null)
{
    /// <summary>Ids of the disks by place, null for a hole; always nine places on the wire.</summary>
    [JsonIgnore]
    public IReadOnlyList<long?> Disks => [.. DiskList.Split(',').Select(Loose.Whole)];
}

/// <summary>Which configuration was made or changed.</summary>
public sealed record ConfigIdReply(long ConfigId);
