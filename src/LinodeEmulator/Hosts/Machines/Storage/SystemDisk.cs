using LinodeEmulator.Hosts.Machines.Linux;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>The filesystem of a running system: the shared one, and over it what this node has written, on its own disk. So its size and what is left
/// of it are those of the disk.</summary>
internal sealed class SystemDisk(string folder)
{
    private const long Left = 24 << 20;

    public string Root => $"{folder}/root";

    private string Disk => $"{folder}/disk";

    public void Mount(string device, string shared)
    {
        Directory.CreateDirectory(Disk);
        Directory.CreateDirectory(Root);
        Native.Mount(device, Disk, "ext4", "barrier=0");
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

    public void Unmount()
    {
        Native.Unmount(Root);
        Native.Unmount(Disk);
    }
}
