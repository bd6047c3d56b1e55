using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Security;

/// <summary>Files and folders nobody but their owner may read: made so, and refused where somebody opened them up.</summary>
/// <remarks>Windows keeps a user's own folder private by inheritance, so nothing is checked there.</remarks>
internal static class PrivateFiles
{
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;

    private const UnixFileMode OthersMode =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // What the system calls a file that is held: Linux, macOS, Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Makes the folder where it is missing, as private as the missing ones above it, and refuses one that others can look into.</summary>
    public static void EnsureFolder(string folder)
    {
        Guard(folder, () => Make(folder));
        if (!OperatingSystem.IsWindows())
        {
            RefuseWider(folder, FolderMode);
        }
    }

    /// <summary>Makes an empty file where there is none, and refuses one that others can read.</summary>
    public static void EnsureFile(string file)
    {
        if (!File.Exists(file))
        {
            Guard(file, () => TouchUnlessHeld(file));
        }

        RefuseUnsafe(file);
    }

    /// <summary>Opens a file for writing; a new one is private from its first moment.</summary>
    public static FileStream Open(string file, FileMode mode, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }

        return new FileStream(file, options);
    }

    /// <summary>Whether a file could not be opened since another process has it open for itself alone.</summary>
    public static bool IsHeld(IOException thrown) => Held.Contains(thrown.HResult);

    /// <summary>Opens a file that one process at a time may have open, by flock() on Unix; null while another has it.</summary>
    /// <remarks>The system gives it back with the process that holds it, however that ends; the file stays and means nothing.</remarks>
    public static FileStream? TryHold(string file)
    {
        FileStream? held = null;
        Guard(file, () =>
        {
            try
            {
                held = Open(file, System.IO.FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException thrown) when (IsHeld(thrown))
            {
                // Another's: look again.
            }
        });
        return held;
    }

    /// <summary>Throws where the file is a link, or others can read it.</summary>
    public static void RefuseUnsafe(string file)
    {
        RefuseLink(file);
        if (!OperatingSystem.IsWindows())
        {
            RefuseWider(file, FileMode);
        }
    }

    /// <summary>Throws where the file or folder is a link.</summary>
    public static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
        {
            throw new LinodeToolkitException(SecurityProblems.IsLink(path, target));
        }
    }

    /// <summary>Turns what the system says against a file into a problem.</summary>
    public static void Guard(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            throw new LinodeToolkitException(SecurityProblems.CannotUse(path, thrown.Message), thrown);
        }
    }

    private static void TouchUnlessHeld(string file)
    {
        try
        {
            Open(file, System.IO.FileMode.OpenOrCreate).Dispose();
        }
        catch (IOException held) when (IsHeld(held))
        {
            // Another process has made it since and holds it: it is there.
        }
    }

    // The system gives the mode to the last folder alone; one above it may be somebody's data folder next.
    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            if (Path.GetDirectoryName(Path.GetFullPath(folder)) is { } above)
            {
                Make(above);
            }

            Directory.CreateDirectory(folder, FolderMode);
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void RefuseWider(string path, UnixFileMode wanted)
    {
        var mode = File.GetUnixFileMode(path);
        if ((mode & OthersMode) != 0)
        {
            throw new LinodeToolkitException(SecurityProblems.TooWide(path, Octal(mode), Octal(wanted)));
        }
    }

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8);
}
