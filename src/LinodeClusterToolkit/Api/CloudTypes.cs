using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Api;

/// <summary>Who a token belongs to.</summary>
/// <param name="UserName">The user's name.</param>
/// <param name="Scopes">Granted scopes, e.g. <c>linodes:read_write</c>; <c>*</c> for all.</param>
public sealed record CloudIdentity(string UserName, IReadOnlyList<string> Scopes);

/// <summary>A node as the cloud has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Label, unique in the account.</param>
/// <param name="Region">Region id.</param>
/// <param name="Type">Type id.</param>
/// <param name="Image">Image id, or null.</param>
/// <param name="Status">Status word; unknown words are kept as they came.</param>
/// <param name="PublicIpv4">First public IPv4 address, or null.</param>
/// <param name="PrivateIpv4">First address in 192.168.128.0/17, or null.</param>
/// <param name="Ipv6">SLAAC address without prefix length, or null.</param>
/// <param name="Tags">Tags.</param>
public sealed record CloudNode(
    long Id, string Label, string Region, string Type, string? Image, string Status,
    string? PublicIpv4, string? PrivateIpv4, string? Ipv6, IReadOnlyList<string> Tags)
{
    /// <summary>All of its IPv4 addresses, in no promised order; none where they are not known.</summary>
    public IReadOnlyList<string> Ipv4 { get; init; } = [];

    /// <summary>Whether the platform boots it again when it powers off by itself; null where that is not known.</summary>
    public bool? IsWatched { get; init; }
}

/// <summary>What to create a node from.</summary>
/// <param name="Label">Label, always sent.</param>
/// <param name="Region">Region id.</param>
/// <param name="Type">Type id.</param>
/// <param name="Image">Image, or null for a node without disks.</param>
/// <param name="Tags">Tags, the owner tag among them.</param>
/// <param name="FirewallId">Cloud Firewall that guards it from its first moment.</param>
public sealed record NodeOrder(
    string Label, string Region, string Type, string? Image, IReadOnlyList<string> Tags, long? FirewallId)
{
    /// <summary>Display group.</summary>
    public string? Group { get; init; }

    /// <summary>Root password; needed with an image unless there are keys.</summary>
    public Sensitive? RootPassword { get; init; }

    /// <summary>Public SSH keys for root.</summary>
    public IReadOnlyList<string> AuthorizedKeys { get; init; } = [];

    /// <summary>False leaves it powered off.</summary>
    public bool Booted { get; init; } = true;

    /// <summary>True adds a private address.</summary>
    public bool PrivateIp { get; init; }

    /// <summary>User data for cloud-init, base64 of at most 16,384 bytes; taken without an image too.</summary>
    public Sensitive? UserData { get; init; }

    /// <summary>Script that runs at the first boot; goes with an image.</summary>
    public ScriptOrder? Script { get; init; }
}

/// <summary>A StackScript to run at the first boot, with the data it asks for.</summary>
public sealed record ScriptOrder(long Id, IReadOnlyDictionary<string, Sensitive> Data);

/// <summary>A StackScript as the cloud has it.</summary>
public sealed record CloudStackScript(long Id, string Label, string Description)
{
    /// <summary>Name of the user it belongs to.</summary>
    public string User { get; init; } = "";

    /// <summary>Images it runs on; <c>any/all</c> for every one.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>The script itself, with its questions as UDF tags.</summary>
    public string Script { get; init; } = "";
}

/// <summary>What to store as a StackScript.</summary>
/// <param name="Label">Label, 3 to 128 characters; need not be unique.</param>
/// <param name="Images">Images it runs on; <c>any/all</c> for every one.</param>
/// <param name="Script">The script, with its questions as UDF tags.</param>
/// <param name="Description">What it is, in words.</param>
public sealed record StackScriptOrder(string Label, IReadOnlyList<string> Images, string Script, string Description);

/// <summary>A disk as the cloud has it; size in MB.</summary>
public sealed record CloudDisk(long Id, string Label, string Status, string Filesystem, int SizeMb);

/// <summary>What to create a disk from; size in MB.</summary>
public sealed record DiskOrder(string Label, int SizeMb, string? Filesystem)
{
    /// <summary>Image to put on it, or null.</summary>
    public string? Image { get; init; }

    /// <summary>Root password; needed with an image unless there are keys.</summary>
    public Sensitive? RootPassword { get; init; }

    /// <summary>Public SSH keys for root.</summary>
    public IReadOnlyList<string> AuthorizedKeys { get; init; } = [];

    /// <summary>Script that runs at the first boot; goes with an image.</summary>
    public ScriptOrder? Script { get; init; }
}

/// <summary>A boot configuration as the cloud has it.</summary>
public sealed record CloudConfig(long Id, string Label);

/// <summary>What to create a boot configuration from.</summary>
/// <param name="Label">Display label, 1 to 48 characters.</param>
/// <param name="Kernel">Kernel id.</param>
/// <param name="DiskIds">Disks from <c>sda</c> on.</param>
/// <param name="RootDevice">e.g. <c>/dev/sda</c>.</param>
public sealed record ConfigOrder(string Label, string Kernel, IReadOnlyList<long> DiskIds, string RootDevice);

/// <summary>A volume as the cloud has it; size in GB.</summary>
public sealed record CloudVolume(
    long Id, string Label, string Status, int SizeGb, string Region, long? NodeId, string FilesystemPath, IReadOnlyList<string> Tags);

/// <summary>What to create a volume from; size in GB.</summary>
/// <param name="Label">Label, 1 to 32 characters.</param>
/// <param name="Region">Region id.</param>
/// <param name="SizeGb">Size, from 10.</param>
/// <param name="Tags">Tags, the owner tag among them.</param>
/// <param name="NodeId">Node to attach it to, or null.</param>
/// <param name="ConfigId">Boot configuration that gets it, where the node has several.</param>
public sealed record VolumeOrder(string Label, string Region, int SizeGb, IReadOnlyList<string> Tags, long? NodeId, long? ConfigId);

/// <summary>A balancer as the cloud has it.</summary>
public sealed record CloudBalancer(long Id, string Label, string Region, string? Ipv4, string? HostName, IReadOnlyList<string> Tags);

/// <summary>What to create a balancer from.</summary>
public sealed record BalancerOrder(
    string Label, string Region, IReadOnlyList<string> Tags, long? FirewallId, IReadOnlyList<BalancerPortOrder> Ports);

/// <summary>A port of a balancer to be; seconds for interval and timeout.</summary>
public sealed record BalancerPortOrder(
    int Port, string Protocol, string Algorithm, string Stickiness,
    string Check, string? CheckPath, string? CheckBody, int CheckInterval, int CheckTimeout, int CheckAttempts,
    IReadOnlyList<BackendOrder> Backends);

/// <summary>A back end to be; address as <c>ip:port</c>, label 3 to 32 characters.</summary>
public sealed record BackendOrder(string Label, string Address);

/// <summary>A port of a balancer as the cloud has it.</summary>
public sealed record CloudBalancerPort(long Id, int Port, string Protocol, IReadOnlyList<CloudBackend> Backends)
{
    /// <summary>How it shares requests out, or null where not known.</summary>
    public string? Algorithm { get; init; }

    /// <summary>How it keeps a client with a back end, or null where not known.</summary>
    public string? Stickiness { get; init; }

    /// <summary>How a back end is found dead, or null where not known.</summary>
    public string? Check { get; init; }

    /// <summary>Path the check asks for.</summary>
    public string? CheckPath { get; init; }

    /// <summary>Text the check looks for.</summary>
    public string? CheckBody { get; init; }

    /// <summary>Seconds between checks.</summary>
    public int? CheckInterval { get; init; }

    /// <summary>Seconds an answer may take.</summary>
    public int? CheckTimeout { get; init; }

    /// <summary>Failed checks until a back end counts as down.</summary>
    public int? CheckAttempts { get; init; }
}

/// <summary>A back end as the cloud has it.</summary>
public sealed record CloudBackend(long Id, string Label, string Address, string Status)
{
    /// <summary>accept, reject, backup or drain; null where not known.</summary>
    public string? Mode { get; init; }

    /// <summary>Its share of requests against the others', 1 to 255; null where not known.</summary>
    public int? Weight { get; init; }
}

/// <summary>A Cloud Firewall as the cloud has it.</summary>
public sealed record CloudFirewall(long Id, string Label, string Status, IReadOnlyList<string> Tags)
{
    /// <summary>Its rules, or null where they are not known.</summary>
    public FirewallRules? Rules { get; init; }
}

/// <summary>What to create a Cloud Firewall from.</summary>
public sealed record FirewallOrder(string Label, FirewallRules Rules, IReadOnlyList<string> Tags);

/// <summary>Something the cloud reported.</summary>
/// <param name="Id">Grows over time in one account.</param>
/// <param name="Action">e.g. <c>linode_boot</c>.</param>
/// <param name="Status">scheduled, started, finished, failed, notification, or a word of a newer API.</param>
/// <param name="EntityType">e.g. <c>linode</c>.</param>
/// <param name="EntityId">Its id where that is a number.</param>
/// <param name="SubjectId">Id of the second entity where that is a number.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Seconds">How long it ran, where known.</param>
/// <param name="Message">The cloud's own words, or null.</param>
public sealed record CloudEvent(
    long Id, string Action, string Status, string? EntityType, long? EntityId, long? SubjectId,
    DateTimeOffset Created, double? Seconds, string? Message)
{
    /// <summary>True while the work it reports may still go on.</summary>
    public bool IsOpen => Status is "scheduled" or "started";
}
