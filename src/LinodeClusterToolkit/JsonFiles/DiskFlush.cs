using System.Runtime.InteropServices;
using System.Text;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>Makes changes of many files last.</summary>
internal static class DiskFlush
{
    // From here on it is quicker to flush all that waits for that disk, whoever wrote it.
    private const int Many = 64;

    /// <summary>Flushes files, where they are still there, and all folders above them up to the root.</summary>
    public static void Flush(string root, IReadOnlyCollection<string> paths)
    {
        if (paths.Count >= Many && OperatingSystem.IsLinux() && FlushAll(root))
        {
            return;
        }

        var folders = new HashSet<string>(StringComparer.Ordinal) { root };
        foreach (var full in paths.Select(path => Path.Combine(root, path)))
        {
            if (File.Exists(full))
            {
                using var file = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.Flush(flushToDisk: true);
            }

            for (var folder = Path.GetDirectoryName(full)!; folder.Length > root.Length && folders.Add(folder);)
            {
                folder = Path.GetDirectoryName(folder)!;
            }
        }

        foreach (var folder in folders.Where(Directory.Exists))
        {
            DurableFolder.Flush(folder);
        }
    }

    private static bool FlushAll(string root)
    {
        var handle = OpenFolder(Encoding.UTF8.GetBytes(root + '\0'), 0);
        if (handle < 0)
        {
            return false;
        }

        var done = SyncFileSystem(handle) == 0;
        _ = Close(handle);
        return done;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFolder(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static extern int SyncFileSystem(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int handle);
}
