using System.Text;

namespace LinodeTool.Settings;

/// <summary>Files and folders for one user's eyes: 0600 and 0700 from their first moment.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder, and those above it that are missing.</summary>
    /// <remarks>The system gives the mode to the last one alone, and one above it may hold secrets next.</remarks>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } above)
            {
                Folder(above);
            }

            Directory.CreateDirectory(path, OwnerFolder);
        }
    }

    public static StreamWriter Append(string path) => Open(path, FileMode.Append);

    public static StreamWriter Create(string path) => Open(path, FileMode.Create);

    /// <summary>Puts a file in place of what is there, whole or not at all; a link stays, and what it leads to is replaced.</summary>
    public static void Replace(string path, string text)
    {
        var target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
        if (target.StartsWith("/dev/", StringComparison.Ordinal))
        {
            File.WriteAllText(target, text); // no file at all
            return;
        }

        var beside = $"{target}~{Guid.NewGuid():N}";
        try
        {
            using (var file = Open(beside, FileMode.CreateNew))
            {
                file.Write(text);
            }

            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static StreamWriter Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options) { NewLine = "\n" };
    }
}
