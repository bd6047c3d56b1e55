using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.JsonFiles;

/// <summary>Every change the engine makes on the disk goes through here.</summary>
/// <param name="root">The folder.</param>
/// <param name="step">Told before each change; a test lets the process end there.</param>
internal sealed class FolderDisk(string root, Action<string>? step)
{
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);

    public string Full(string path) => Path.Combine(root, path);

    /// <summary>Writes a file whole; whoever reads it meanwhile sees a part.</summary>
    public void Write(string path, byte[] content)
    {
        step?.Invoke($"write {path}");
        using var file = Open(Full(path), FileMode.Create);
        file.Write(content);
    }

    /// <summary>Puts a file in the place of another, or of none, in one move.</summary>
    public void Move(string from, string to)
    {
        step?.Invoke($"move {to}");
        var full = Full(to);
        EnsureFolder(Path.GetDirectoryName(full)!);
        try
        {
            File.Move(Full(from), full, overwrite: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody moved the folder away since.
            folders.Clear();
            EnsureFolder(Path.GetDirectoryName(full)!);
            File.Move(Full(from), full, overwrite: true);
        }
    }

    /// <summary>Writes at that place, and cuts off what stands behind.</summary>
    public void WriteAt(string path, long offset, byte[] content)
    {
        step?.Invoke($"add to {path}");
        var full = Full(path);
        EnsureFolder(Path.GetDirectoryName(full)!);
        using var file = Open(full, FileMode.OpenOrCreate);
        if (file.Length != offset)
        {
            file.SetLength(offset);
        }

        file.Position = offset;
        file.Write(content);
    }

    public void Cut(string path, long length)
    {
        step?.Invoke($"cut {path}");
        if (File.Exists(Full(path)))
        {
            using var file = Open(Full(path), FileMode.OpenOrCreate);
            file.SetLength(length);
        }
    }

    public void Delete(string path)
    {
        step?.Invoke($"delete {path}");
        if (File.Exists(Full(path)))
        {
            File.Delete(Full(path));
        }
    }

    /// <summary>Says what is done next to a file that is opened elsewhere.</summary>
    public void Say(string what) => step?.Invoke(what);

    private static FileStream Open(string full, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = PrivateFiles.FileMode;
        }

        return new FileStream(full, options);
    }

    private void EnsureFolder(string full)
    {
        if (!folders.Contains(full))
        {
            MakeFolder(full);
            folders.Add(full);
        }
    }

    // The system gives the mode to the last folder alone.
    private static void MakeFolder(string full)
    {
        if (Directory.Exists(full))
        {
            return;
        }

        MakeFolder(Path.GetDirectoryName(full)!);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
        }
        else
        {
            Directory.CreateDirectory(full, PrivateFiles.FolderMode);
        }
    }
}
