using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>The filesystem of a running system: the shared one, and over it what this node has written, on its own disk. So its size and what is left
/// of it are those of the disk. Where the disk was made from a file that somebody sent, and holds a whole system, it is that one alone.</summary>
internal sealed class SystemDisk(string folder)
{
    private const long Left = 24 << 20;

    public string Root => $"{folder}/root";

    /// <summary>Where the disk itself is mounted.</summary>
    public string Disk => $"{folder}/disk";

    public void Mount(string device, string shared)
    {
        Directory.CreateDirectory(Disk);
        Directory.CreateDirectory(Root);
        Native.Mount(device, Disk, "ext4", "barrier=0");
        if (Directory.Exists($"{Disk}/etc"))
        {
            Native.MountFolder(Disk, Root);
            return;
        }

        Directory.CreateDirectory($"{Disk}/upper");
        Directory.CreateDirectory($"{Disk}/work");
        Native.Mount("overlay", Root, "overlay", $"lowerdir={shared},upperdir={Disk}/upper,workdir={Disk}/work");
    }

    /// <summary>Takes nearly all the room there is, where the system cannot see what took it.</summary>
    public void Fill()
    {
        var room = new DriveInfo(Disk).AvailableFreeSpace - Left;
        using var ballast = new FileStream(
            $"{Disk}/ballast", new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = Math.Max(1, room) });
    }

    /// <summary>Takes away what an image brought along of what fills a disk.</summary>
    public void Lighten() => File.Delete($"{Disk}/ballast");

    public void Unmount()
    {
        Native.Unmount(Root);
        Native.Unmount(Disk);
    }
}
