using EndToEnd.Tests.Machines;

namespace EndToEnd.Tests;

/// <summary>A disk with little room, in the place of a folder.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    private string Ballast => Path.Combine(folder, "ballast");

    public static async Task<SmallDisk> MountAsync(string folder, string size)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await Program.RunAsync("mount", "-t", "tmpfs", "-o", $"size={size},mode=0700", "tmpfs", folder)).Ended(0);
        return new SmallDisk(folder);
    }

    /// <summary>Takes all of its room but so many bytes.</summary>
    public void Fill(long leave)
    {
        using var ballast = File.Create(Ballast);
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var zeros = new byte[4096];
        for (var left = free - leave; left > 0; left -= zeros.Length)
        {
            try
            {
                ballast.Write(zeros);
                ballast.Flush();
            }
            catch (IOException)
            {
                return;
            }
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public async ValueTask DisposeAsync() => await Program.RunAsync("umount", "-l", folder);
}
