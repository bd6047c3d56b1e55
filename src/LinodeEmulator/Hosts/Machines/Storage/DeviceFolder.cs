using System.Globalization;
using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>What a system sees below <c>/dev</c> of its drives. There is no udev in a container: its part is played from outside.</summary>
internal static class DeviceFolder
{
    /// <summary>The lines by which the system itself makes them, before it mounts anything.</summary>
    public static string Lines(IEnumerable<AttachedDrive> drives)
    {
        var lines = new List<string> { "d /dev/disk 0755", "d /dev/disk/by-id 0755", "d /dev/disk/by-uuid 0755" };
        foreach (var drive in drives)
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"b+ /dev/{drive.Drive.Name} 0660 root disk - {drive.Number.Major}:{drive.Number.Minor}"));
            lines.AddRange(drive.Links.Select(link => $"L+ /dev/disk/{link} - - - - ../../{drive.Drive.Name}"));
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Makes what is missing in a system that runs.</summary>
    public static void Add(int init, AttachedDrive drive)
    {
        var dev = Of(init);
        var node = $"{dev}/{drive.Drive.Name}";
        if (!File.Exists(node))
        {
            Native.MakeBlockDevice(node, drive.Number.Major, drive.Number.Minor);
        }

        foreach (var path in drive.Links.Select(link => $"{dev}/disk/{link}"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
            File.CreateSymbolicLink(path, $"../../{drive.Drive.Name}");
        }

        RemoveStale(dev, drive);
    }

    public static void Remove(int init, AttachedDrive drive)
    {
        var dev = Of(init);
        foreach (var link in drive.Links)
        {
            File.Delete($"{dev}/disk/{link}");
        }

        File.Delete($"{dev}/{drive.Drive.Name}");
    }

    // Made anew: the filesystem that a link by UUID stood for is gone.
    private static void RemoveStale(string dev, AttachedDrive drive)
    {
        var folder = $"{dev}/disk/by-uuid";
        if (Directory.Exists(folder))
        {
            foreach (var link in new DirectoryInfo(folder).EnumerateFiles()
                .Where(file => file.LinkTarget == $"../../{drive.Drive.Name}" && file.Name != drive.Uuid))
            {
                link.Delete();
            }
        }
    }

    private static string Of(int init) => string.Create(CultureInfo.InvariantCulture, $"/proc/{init}/root/dev");
}
