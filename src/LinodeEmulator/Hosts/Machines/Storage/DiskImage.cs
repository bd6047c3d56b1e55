using LinodeEmulator.Hosts.Machines.Linux;
using LinodeEmulator.Hosts.Machines.Plans;

namespace LinodeEmulator.Hosts.Machines.Storage;

/// <summary>The file of a disk or volume: as large as the cloud says, and as small on this machine as what was written to it.</summary>
internal static class DiskImage
{
    private const long Megabyte = 1 << 20;

    /// <summary>Makes the file with its filesystem where it is missing, and gives it the size that it should have. Only for what no machine
    /// uses.</summary>
    /// <returns>Whether it is new.</returns>
    public static async Task<bool> EnsureAsync(string path, Drive drive)
    {
        Files.MakePrivateFolder(Path.GetDirectoryName(path)!);
        var size = drive.Megabytes * Megabyte;
        if (!File.Exists(path))
        {
            SetLength(path, size);
            await FormatAsync(path, drive.Filesystem);
            return true;
        }

        var old = new FileInfo(path).Length;
        if (size > old)
        {
            SetLength(path, size);
            await ResizeAsync(path, drive);
        }
        else if (size < old)
        {
            await ResizeAsync(path, drive);
            SetLength(path, size);
        }

        return false;
    }

    public static void SetLength(string path, long size)
    {
        using var file = Files.OpenPrivate(path, FileMode.OpenOrCreate);
        file.SetLength(size);
    }

    // Without a journal and with tables that are written when first needed a filesystem of any size takes a few milliseconds and megabytes.
    private static Task<string> FormatAsync(string path, string filesystem) => filesystem switch
    {
        "ext4" => Tool.RunAsync("mke2fs", ["-q", "-F", "-t", "ext4", "-O", "^has_journal", "-E", "lazy_itable_init=1,nodiscard", "-m", "1", path]),
        "ext3" => Tool.RunAsync("mke2fs", ["-q", "-F", "-t", "ext3", "-E", "lazy_itable_init=1,nodiscard", "-m", "1", path]),
        "swap" => Tool.RunAsync("mkswap", ["-q", path]),
        _ => Task.FromResult(""),
    };

    private static async Task ResizeAsync(string path, Drive drive)
    {
        if (drive.Filesystem is "ext3" or "ext4")
        {
            await Tool.TryAsync("e2fsck", ["-f", "-p", path]);
            await Tool.RunAsync("resize2fs", [path, $"{drive.Megabytes}M"]);
        }
        else if (drive.Filesystem == "swap")
        {
            await FormatAsync(path, drive.Filesystem);
        }
    }
}
