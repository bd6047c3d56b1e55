namespace LinodeEmulator.State;

/// <summary>What was on the disks of a Linode at one time, with the profiles that booted it.</summary>
internal sealed record Backup(long Id, long LinodeId, string Label, DateTime Created) : IRow
{
    public const string Pending = "pending";
    public const string Running = "running";
    public const string Successful = "successful";
    public const string Failed = "failed";

    public required string Region { get; init; }

    public string Status { get; init; } = Pending;

    public DateTime Updated { get; init; } = Created;

    public DateTime? Finished { get; init; }

    public IReadOnlyList<BackupDisk> Disks { get; init; } = [];

    /// <summary>As they were; their slots name the disks of then.</summary>
    public IReadOnlyList<Config> Configs { get; init; } = [];

    public bool IsOpen => Status is Pending or Running;
}

/// <summary>A disk as a backup holds it.</summary>
/// <param name="Id">Its number among the contents that are kept; no disk has the same.</param>
/// <param name="Disk">The disk of then.</param>
internal sealed record BackupDisk(long Id, Disk Disk);

/// <summary>Where what is on a disk or a volume came from, as it was told when that was made.</summary>
internal static class Origin
{
    public static string Of(Disk disk) => $"{disk.LinodeId}/disks/{disk.Id}";

    public static string Of(Volume volume) => $"volumes/{volume.Id}";

    public static string Of(BackupDisk disk) => $"backups/{disk.Id}";
}
