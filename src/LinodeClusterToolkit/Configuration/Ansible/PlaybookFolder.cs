using System.Formats.Tar;
using System.IO.Compression;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;

namespace LinodeClusterToolkit.Configuration.Ansible;

/// <summary>The folder a playbook is in, with all that it may use beside it, as an archive for a node.</summary>
internal static class PlaybookFolder
{
    private const long MostBytes = 10 * 1024 * 1024;

    /// <summary>What is wrong with the folder, or null.</summary>
    public static Problem? Check(ResolvedAction action) =>
        !File.Exists(action.File) ? AnsibleProblems.PlaybookGone(action)
        : FilesOf(action).Sum(file => new FileInfo(Target(file.Path)).Length) > MostBytes ? AnsibleProblems.FolderTooBig(action, MostBytes)
        : null;

    /// <summary>The archive: a tar file, compressed.</summary>
    /// <exception cref="LinodeToolkitException">The playbook is gone, or its folder holds too much.</exception>
    public static byte[] Pack(ResolvedAction action)
    {
        if (Check(action) is { } problem)
        {
            throw new LinodeToolkitException(problem);
        }

        using var packed = new MemoryStream();
        using (var compressed = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var archive = new TarWriter(compressed, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (path, name) in FilesOf(action))
            {
                using var content = File.OpenRead(path);
                archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = content, Mode = OperatingSystem.IsWindows() ? UnixFileMode.UserRead : File.GetUnixFileMode(Target(path)),
                });
            }
        }

        return packed.ToArray();
    }

    // A link to a file of the folder is as good as the file. What leads out of it, and links to folders, which may lead in circles, stay behind.
    private static IEnumerable<(string Path, string Name)> FilesOf(ResolvedAction action)
    {
        var root = Path.GetDirectoryName(action.File)!;
        return Below(root).Where(path => IsInside(root, Target(path)))
            .Select(path => (path, Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/')))
            .OrderBy(file => file.Item2, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder)
            .Where(inner => Path.GetFileName(inner) != ".git" && new DirectoryInfo(inner).LinkTarget is null).SelectMany(Below));

    private static string Target(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static bool IsInside(string root, string path) =>
        File.Exists(path) && !Path.GetRelativePath(root, path).StartsWith("..", StringComparison.Ordinal);
}
