using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Plans;

/// <summary>What the cloud says that a machine should be at this moment.</summary>
internal sealed record MachinePlan(long Id, string Label, string Region)
{
    /// <summary>Which boot this is: another number than that of the running system means that it has to start anew.</summary>
    public int Boots { get; init; }

    public bool On { get; init; }

    /// <summary>In MB.</summary>
    public int Memory { get; init; }

    /// <summary>Nothing is shut down in good order any more: the host is lost.</summary>
    public bool Lost { get; init; }

    /// <summary>How long SSH does not answer once the link is up.</summary>
    public TimeSpan SshLate { get; init; }

    public required Sequence<Drive> Drives { get; init; }

    /// <summary>The name of the drive that holds the system.</summary>
    public string SystemDrive { get; init; } = "sda";

    public required Sequence<NetworkCard> Cards { get; init; }

    public required Sequence<string> Resolvers { get; init; }

    public required Sequence<long> DiskIds { get; init; }

    /// <summary>Images that are to be made of its disks, or have been.</summary>
    public Sequence<Capture> Captures { get; init; } = [];

    /// <summary>Disks that are made from the account's own images.</summary>
    public Sequence<FromImage> FromImages { get; init; } = [];

    /// <summary>What is written on the system's disk before its first boot; null when it was made from no image, and so has no system.</summary>
    public DiskSetup? Setup { get; init; }

    /// <summary>Base64, for cloud-init.</summary>
    public string? UserData { get; init; }

    public Drive? System => Drives.FirstOrDefault(drive => drive.Name == SystemDrive);

    /// <summary>Every address, public ones first.</summary>
    public IEnumerable<string> Addresses => Cards.SelectMany(card => card.Addresses).Select(address => address.Split('/')[0]);
}

/// <summary>A disk or a volume under a device name such as <c>sda</c>.</summary>
internal sealed record Drive(string Name, long Id, bool IsVolume, int Megabytes, string Filesystem, string Label);

/// <summary>A network card: on the region's network, where its gateways are, or on a VLAN.</summary>
/// <param name="Name">Such as <c>eth0</c>.</param>
/// <param name="Vlan">The VLAN's label; null for the region's network.</param>
/// <param name="Addresses">With their prefix lengths.</param>
internal sealed record NetworkCard(string Name, string? Vlan, Sequence<string> Addresses);

/// <summary>A disk that an image is made of.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="DiskId">The disk.</param>
/// <param name="Source">The account's image that the disk was made from, if it was one.</param>
internal sealed record Capture(long ImageId, long DiskId, long? Source);

/// <summary>A disk that is a copy of an image.</summary>
internal sealed record FromImage(long DiskId, long ImageId);
