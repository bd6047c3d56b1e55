using System.Runtime.InteropServices;
using System.Text;

namespace LinodeClusterToolkit.Security;

/// <summary>Makes a rename or a deletion in a folder last: the platform flushes files, but a folder only on request.</summary>
internal static class DurableFolder
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <summary>Flushes the folder's entries to the disk; nothing to do on Windows, whose file system logs them.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = OpenFolder(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (handle < 0)
        {
            throw new IOException($"cannot open {folder} to flush it (error {Marshal.GetLastPInvokeError()})");
        }

        var failed = Sync(handle) != 0 ? Marshal.GetLastPInvokeError() : 0;
        _ = Close(handle);

        // Some file systems keep no such promise and say so: nothing more can be done there.
        if (failed is not (0 or InvalidArgument))
        {
            throw new IOException($"cannot flush {folder} (error {failed})");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFolder(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int handle);
}
