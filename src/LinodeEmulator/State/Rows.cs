namespace LinodeEmulator.State;

internal sealed record Specs(int Disk, int Memory, int Vcpus, int Gpus, int Transfer);

internal sealed record Alerts(int Cpu, int NetworkIn, int NetworkOut, int TransferQuota, int Io);

internal sealed record Instance(long Id, string Label, string Region, string Type, DateTime Created, Specs Specs) : IRow
{
    public string Status { get; init; } = InstanceStatus.Provisioning;

    public string Group { get; init; } = "";

    public DateTime Updated { get; init; } = Created;

    public string? Image { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public required string Ipv6 { get; init; }

    public required string HostUuid { get; init; }

    public required Alerts Alerts { get; init; }

    public bool Watchdog { get; init; } = true;

    public bool HasUserData { get; init; }

    public bool BackupsEnabled { get; init; }

    /// <summary>The day on which it was asked to be backed up, such as Saturday.</summary>
    public string? ScheduledDay { get; init; }

    /// <summary>And the two hours, such as W10.</summary>
    public string? ScheduledWindow { get; init; }

    /// <summary>When API v3 was told to make backups: a number of its own for the time of day.</summary>
    public int? BackupWindow { get; init; }

    /// <summary>And for the day of the week.</summary>
    public int? BackupDay { get; init; }

    public bool Encrypted { get; init; }

    /// <summary>The configuration profile it was booted with last.</summary>
    public long? BootedConfig { get; init; }

    /// <summary>How often it was powered on: whoever saw another number has missed a boot.</summary>
    public int Boots { get; init; }

    /// <summary>Its host is lost, as a fault told: every later boot fails.</summary>
    public bool HostGone { get; init; }

    /// <summary>Whether a fault lost it: such a host is there again when the fault is lifted.</summary>
    public bool LostByFault { get; init; }

    /// <summary>A fault: how long its SSH port does not answer once the link is up, from its last boot on.</summary>
    public TimeSpan SshLate { get; init; }
}

internal static class InstanceStatus
{
    public const string Provisioning = "provisioning";
    public const string Booting = "booting";
    public const string Running = "running";
    public const string Offline = "offline";
    public const string ShuttingDown = "shutting_down";
    public const string Rebooting = "rebooting";
    public const string Rebuilding = "rebuilding";
    public const string Resizing = "resizing";
    public const string Restoring = "restoring";
    public const string Deleting = "deleting";
}

internal sealed record Disk(long Id, long LinodeId, string Label, string Filesystem, int Size, DateTime Created) : IRow
{
    public const string Ready = "ready";
    public const string Deleting = "deleting";
    public const string Restoring = "not ready";

    public string Status { get; init; } = "not ready";

    public DateTime Updated { get; init; } = Created;

    public bool Encrypted { get; init; }

    /// <summary>The image it was made from.</summary>
    public string? Image { get; init; }

    /// <summary>What it is a copy of; see <see cref="State.Origin"/>.</summary>
    public string? Origin { get; init; }

    /// <summary>As API v3 was told; v4 knows no such disks.</summary>
    public bool ReadOnly { get; init; }
}

/// <summary>The user data of a Linode, by its id, as it was sent. A table of its own, as it is large and never shown.</summary>
internal sealed record UserData(long Id, string Base64) : IRow;

/// <summary>What the platform writes on a disk that it makes from an image, by the disk's id. The password is a hash.</summary>
internal sealed record DiskSetup(long Id, string? PasswordHash, IReadOnlyList<string> AuthorizedKeys) : IRow
{
    public string? Script { get; init; }

    public long? ScriptId { get; init; }

    public IReadOnlyDictionary<string, string> ScriptData { get; init; } = new Dictionary<string, string>();

    /// <summary>A fault: hardly any room is left on the disk from the first boot on.</summary>
    public bool IsFull { get; init; }

    /// <summary>It never changes for a disk.</summary>
    public bool Equals(DiskSetup? other) => other?.Id == Id;

    public override int GetHashCode() => Id.GetHashCode();
}

internal sealed record Slot(long? DiskId, long? VolumeId);

internal sealed record ConfigInterface(long Id, string Purpose, string Label, string IpamAddress, bool Primary)
{
    public bool Active { get; init; }
}

internal sealed record Helpers(bool UpdatedbDisabled, bool Distro, bool ModulesDep, bool Network, bool DevtmpfsAutomount);

internal sealed record Config(long Id, long LinodeId, string Label) : IRow
{
    public string Kernel { get; init; } = "linode/latest-64bit";

    public string Comments { get; init; } = "";

    public int MemoryLimit { get; init; }

    public string RootDevice { get; init; } = "/dev/sda";

    /// <summary>As API v3 was told; no profile of v4 is so.</summary>
    public bool RootWritable { get; init; }

    public string RunLevel { get; init; } = "default";

    public string VirtMode { get; init; } = "paravirt";

    public long? Initrd { get; init; }

    public Helpers Helpers { get; init; } = new(true, true, true, true, true);

    public IReadOnlyDictionary<string, Slot?> Devices { get; init; } = new Dictionary<string, Slot?>();

    public IReadOnlyList<ConfigInterface> Interfaces { get; init; } = [];
}

/// <summary>An IPv4 address; its id is its value as a number.</summary>
internal sealed record Address(long Id, string Text, bool Public, string Region) : IRow
{
    public long? LinodeId { get; init; }

    public long? NodeBalancerId { get; init; }

    public string? Rdns { get; init; }
}

internal sealed record Volume(long Id, string Label, string Region, int Size, DateTime Created) : IRow
{
    public string Status { get; init; } = "creating";

    public DateTime Updated { get; init; } = Created;

    public long? LinodeId { get; init; }

    public bool IoReady { get; init; }

    public bool Encrypted { get; init; }

    /// <summary>What it is a copy of; see <see cref="State.Origin"/>.</summary>
    public string? Origin { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];
}

internal sealed record NodeBalancer(long Id, string Label, string Region, string Ipv4, string Ipv6, DateTime Created) : IRow
{
    public DateTime Updated { get; init; } = Created;

    public int Throttle { get; init; }

    public int UdpThrottle { get; init; }

    public string Type { get; init; } = "common";

    public IReadOnlyList<string> Tags { get; init; } = [];
}

internal sealed record BalancerConfig(long Id, long NodeBalancerId) : IRow
{
    public int Port { get; init; } = 80;

    public string Protocol { get; init; } = "http";

    public string Algorithm { get; init; } = "roundrobin";

    public string Stickiness { get; init; } = "none";

    public string Check { get; init; } = "none";

    public int CheckInterval { get; init; } = 31;

    public int CheckTimeout { get; init; } = 30;

    public int CheckAttempts { get; init; } = 3;

    public string CheckPath { get; init; } = "";

    public string CheckBody { get; init; } = "";

    public bool CheckPassive { get; init; } = true;

    public string ProxyProtocol { get; init; } = "none";

    public string CipherSuite { get; init; } = "recommended";

    public bool HasCertificate { get; init; }
}

internal sealed record BalancerNode(long Id, long ConfigId, long NodeBalancerId, string Label, string Address) : IRow
{
    public int Weight { get; init; } = 100;

    public string Mode { get; init; } = "accept";
}

internal sealed record FirewallRule(
    string Action, string Protocol, string? Ports, IReadOnlyList<string>? Ipv4, IReadOnlyList<string>? Ipv6, string? Label, string? Description);

internal sealed record FirewallRules(string InboundPolicy, string OutboundPolicy)
{
    public IReadOnlyList<FirewallRule>? Inbound { get; init; } = [];

    public IReadOnlyList<FirewallRule>? Outbound { get; init; } = [];

    public int Version { get; init; } = 1;
}

internal sealed record Firewall(long Id, string Label, FirewallRules Rules, DateTime Created) : IRow
{
    public string Status { get; init; } = "enabled";

    public DateTime Updated { get; init; } = Created;

    public IReadOnlyList<string> Tags { get; init; } = [];
}

internal sealed record FirewallDevice(long Id, long FirewallId, string Type, long EntityId, DateTime Created) : IRow
{
    public static string KeyOf(string type, long entityId) => $"{type}/{entityId}";
}

internal sealed record PrivateImage(long Id, string Label, DateTime Created) : IRow
{
    public string Slug => $"private/{Id}";

    public string Description { get; init; } = "";

    public string Status { get; init; } = "creating";

    public DateTime Updated { get; init; } = Created;

    public int Size { get; init; }

    public bool CloudInit { get; init; }

    public string? Vendor { get; init; }

    /// <summary>Where it was made.</summary>
    public required string Region { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The disk it is made of; none where it is uploaded.</summary>
    public long? DiskId { get; init; }

    /// <summary>Whether what is on the disk is its own by now.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Under which name its file may be sent; none where none is awaited any more.</summary>
    public string? UploadKey { get; init; }

    /// <summary>Where it is and is to be, once somebody asked for that; until then it is where it was made.</summary>
    public IReadOnlyList<ImageCopy> Copies { get; init; } = [];

    /// <summary>Where it is, with how far it is there.</summary>
    public IReadOnlyList<ImageCopy> Stored => Copies.Count > 0 ? Copies : [new(Region, Status == "pending_upload" ? "pending" : Status)];
}

/// <summary>An image in one region.</summary>
internal sealed record ImageCopy(string Region, string Status);

internal sealed record StackScript(long Id, string Username, string Label, string Script, IReadOnlyList<string> Images, DateTime Created) : IRow
{
    public DateTime Updated { get; init; } = Created;

    public string Description { get; init; } = "";

    public string RevNote { get; init; } = "";

    public bool IsPublic { get; init; }

    public int Deployments { get; init; }
}

/// <summary>A zone of API v3. Times are seconds, 0 for the usual ones.</summary>
internal sealed record Domain(long Id, string Name, string Type) : IRow
{
    public int Status { get; init; } = 1;

    public string SoaEmail { get; init; } = "";

    public string Description { get; init; } = "";

    public string Group { get; init; } = "";

    public IReadOnlyList<string> MasterIps { get; init; } = [];

    public IReadOnlyList<string> AxfrIps { get; init; } = [];

    public int Ttl { get; init; }

    public int Refresh { get; init; }

    public int Retry { get; init; }

    public int Expire { get; init; }
}

internal sealed record DomainRecord(long Id, long DomainId, string Type) : IRow
{
    public string Name { get; init; } = "";

    public string Target { get; init; } = "";

    public int Priority { get; init; } = 10;

    public int Weight { get; init; } = 5;

    public int Port { get; init; } = 80;

    public string Protocol { get; init; } = "";

    public string Tag { get; init; } = "";

    public int Ttl { get; init; }
}

internal sealed record SshKey(long Id, string Label, string Text, DateTime Created) : IRow;

internal sealed record Tag(long Id, string Label) : IRow;

/// <summary>What an event or a device is about. Ids are numbers but for images, which have slugs.</summary>
internal sealed record Entity(string Id, string Type, string Label, string Url);

internal sealed record Event(long Id, string Action, string Status, DateTime Created) : IRow
{
    public Entity? Entity { get; init; }

    public Entity? Secondary { get; init; }

    public string? Username { get; init; }

    public DateTime? Started { get; init; }

    public DateTime? Ends { get; init; }

    public bool Seen { get; init; }

    public bool Read { get; init; }

    public string? Message { get; init; }
}

/// <summary>The account: its settings, the counters from which ids and addresses come, and, on a virtual clock, the time it was left at.</summary>
internal sealed record Account(long Id) : IRow
{
    public bool NetworkHelper { get; init; } = true;

    public bool BackupsEnabled { get; init; }

    public string InterfacesForNewLinodes { get; init; } = "legacy_config_default_but_linode_allowed";

    public string MaintenancePolicy { get; init; } = "linode/migrate";

    public DateTime? ClockLeftAt { get; init; }
}

internal sealed record Counter(long Id, string Name, long Next) : IRow;
