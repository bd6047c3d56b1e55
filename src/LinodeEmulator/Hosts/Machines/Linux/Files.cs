namespace LinodeEmulator.Hosts.Machines.Linux;

/// <summary>Files and folders that are made with the right mode from their first moment on.</summary>
internal static class Files
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OwnerFolder = Owner | UnixFileMode.UserExecute;
    private const UnixFileMode Runs = UnixFileMode.UserExecute;

    /// <summary>Only root may look into it.</summary>
    public static void MakePrivateFolder(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
    }

    /// <summary>Opens a file that only root may read, or makes it.</summary>
    public static FileStream OpenPrivate(string path, FileMode how, FileAccess access = FileAccess.ReadWrite) => Open(path, how, access, Owner);

    public static void WritePrivate(string path, string text, bool isProgram = false) => Write(path, text, isProgram ? Owner | Runs : Owner);

    public static void Write(string path, string text) => Write(path, text, Everybody);

    private static void Write(string path, string text, UnixFileMode mode)
    {
        using var writer = new StreamWriter(Open(path, FileMode.Create, FileAccess.Write, mode));
        writer.Write(text);
    }

    private static FileStream Open(string path, FileMode how, FileAccess access, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = how, Access = access };
        if (!OperatingSystem.IsWindows() && how != FileMode.Open)
        {
            options.UnixCreateMode = mode;
        }

        return new FileStream(path, options);
    }

}
