using System.Globalization;
using LinodeEmulator.Endpoints.V4;
using LinodeEmulator.State;

namespace LinodeEmulator.Hosts.Machines.Plans;

/// <summary>Reads from the cloud what each machine should be. Pure: the same rows give the same plans.</summary>
internal static class PlanReader
{
    public static IReadOnlyList<MachinePlan> Read(Cloud cloud) => [.. cloud.Instances.Rows.Select(row => Read(cloud, row))];

    private static MachinePlan Read(Cloud cloud, Instance row)
    {
        var config = row.BootedConfig is { } booted ? cloud.Configs.Find(booted) : null;
        var drives = Drives(cloud, row, config);
        var name = config is { RootDevice: var device } && device.StartsWith("/dev/", StringComparison.Ordinal) ? device[5..] : "sda";
        var root = drives.FirstOrDefault(drive => drive.Name == name);
        var disk = root is { IsVolume: false } ? cloud.Disks.Find(root.Id) : null;
        return new MachinePlan(row.Id, row.Label, row.Region)
        {
            Boots = row.Boots,
            Memory = row.Specs.Memory,
            On = row.Status == InstanceStatus.Running,
            Lost = row.HostGone || row.Status == InstanceStatus.Deleting,
            SshLate = row.SshLate,
            Drives = [.. drives],
            SystemDrive = name,
            Cards = [.. Cards(cloud, row, config)],
            Resolvers = [.. Resolvers(cloud, row)],
            DiskIds = [.. cloud.Disks.OwnedBy(row.Id).Select(owned => owned.Id)],
            Captures = [.. Captures(cloud, row)],
            FromImages = [.. cloud.Disks.OwnedBy(row.Id).Where(owned => OwnImage(owned) is not null).Select(owned => new FromImage(owned.Id, OwnImage(owned)!.Value))],
            Setup = disk?.Image is null ? null : cloud.Setups.Find(disk.Id) ?? new DiskSetup(disk.Id, null, []),
            UserData = disk?.Image is { } image && KnowsCloudInit(cloud, image) ? cloud.UserData.Find(row.Id)?.Base64 : null,
        };
    }

    private static IEnumerable<Capture> Captures(Cloud cloud, Instance row) =>
        from image in cloud.Images.Rows
        where image is { IsTaken: true, DiskId: not null }
        let disk = cloud.Disks.Find(image.DiskId!.Value)
        where disk?.LinodeId == row.Id
        select new Capture(image.Id, disk.Id, OwnImage(disk));

    private static long? OwnImage(Disk disk) =>
        disk.Image?.Split('/') is ["private", var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static List<Drive> Drives(Cloud cloud, Instance row, Config? config)
    {
        var drives = new List<Drive>();
        foreach (var (name, slot) in config?.Devices ?? new Dictionary<string, Slot?>())
        {
            if (slot?.DiskId is { } diskId && cloud.Disks.Find(diskId) is { } disk)
            {
                drives.Add(new Drive(name, disk.Id, IsVolume: false, disk.Size, disk.Filesystem, disk.Label));
            }
            else if (slot?.VolumeId is { } volumeId && cloud.Volumes.Find(volumeId) is { IoReady: true } volume && volume.LinodeId == row.Id)
            {
                drives.Add(Of(volume, name));
            }
        }

        // A volume that is attached without a place in the profile takes the first name that no slot has.
        var taken = (config?.Devices ?? new Dictionary<string, Slot?>()).Where(slot => slot.Value is not null).Select(slot => slot.Key).ToHashSet();
        var placed = drives.Where(drive => drive.IsVolume).Select(drive => drive.Id).ToHashSet();
        foreach (var volume in cloud.Volumes.OwnedBy(row.Id).Where(volume => volume.IoReady && !placed.Contains(volume.Id)))
        {
            var name = Enumerable.Range(0, 128).Select(ConfigDevices.Name).First(taken.Add);
            drives.Add(Of(volume, name));
        }

        return drives;
    }

    private static Drive Of(Volume volume, string name) => new(name, volume.Id, IsVolume: true, volume.Size * 1024, "raw", volume.Label);

    private static IEnumerable<NetworkCard> Cards(Cloud cloud, Instance row, Config? config)
    {
        var chosen = config is { Interfaces.Count: > 0 } ? config.Interfaces : [new ConfigInterface(0, "public", "", "", true)];
        return chosen.Select((one, index) => one.Purpose == "vlan"
            ? new NetworkCard($"eth{index}", one.Label, one.IpamAddress.Length > 0 ? [one.IpamAddress] : [])
            : new NetworkCard($"eth{index}", null, [.. RegionAddresses(cloud, row)]));
    }

    private static IEnumerable<string> RegionAddresses(Cloud cloud, Instance row) =>
        cloud.Addresses.OwnedBy(row.Id)
            .OrderByDescending(address => address.Public)
            .Select(address => address.Public ? $"{address.Text}/24" : $"{address.Text}/17")
            .Append($"{row.Ipv6}/64");

    private static IEnumerable<string> Resolvers(Cloud cloud, Instance row) =>
        (cloud.Catalogue.Regions.GetValueOrDefault(row.Region)?.Resolvers?.Ipv4 ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Take(3);

    private static bool KnowsCloudInit(Cloud cloud, string image) =>
        cloud.Catalogue.Images.TryGetValue(image, out var known)
            ? known.Capabilities.Contains("cloud-init")
            : cloud.Images.FindByKey(image)?.CloudInit == true;
}
