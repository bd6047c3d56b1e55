using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Files that a plan names.</summary>
/// <param name="folder">Folder that relative paths start from, or null where the plan has none.</param>
/// <param name="home">The user's own folder, which <c>~/</c> stands for.</param>
internal sealed class PlanFiles(string? folder, string home)
{
    /// <summary>What is wrong with a path, or null where it is a file the plan may use.</summary>
    public Problem? Fault(string path)
    {
        if (Path.IsPathRooted(path))
        {
            return File.Exists(path) ? null : PlanProblems.MissingFile(path);
        }

        if (folder is null)
        {
            return PlanProblems.NoFolder(path);
        }

        var root = Path.GetFullPath(folder);
        var full = Path.GetFullPath(Path.Combine(root, path));
        return !IsBelow(root, full) ? PlanProblems.PathEscape(path)
            : !File.Exists(full) ? PlanProblems.MissingFile(path)
            : !IsBelow(Real(root), Real(full)) ? PlanProblems.PathEscape(path)
            : null;
    }

    /// <summary>The path from the root on.</summary>
    public string FullPath(string path) => Path.GetFullPath(Path.Combine(folder ?? "", path));

    /// <summary>Whether a relative path leads to a file.</summary>
    public bool Exists(string path) => folder is not null && File.Exists(Path.Combine(folder, path));

    /// <summary>The text of a small file, or why it cannot be had.</summary>
    /// <param name="path">Its path; <c>~/</c> is the user's own folder.</param>
    /// <param name="most">Most bytes it may have.</param>
    public (string? Text, Problem? Fault) Read(string path, int most)
    {
        var meant = path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path;
        if (Fault(meant) is { } fault)
        {
            return (null, fault);
        }

        try
        {
            // A pipe or a device has no length, and is not opened: it could keep the reader waiting for ever.
            var file = new FileInfo(Real(Path.GetFullPath(Path.Combine(folder ?? "", meant))));
            return file.Length is 0 || file.Length > most
                ? (null, PlanProblems.OddFile(path, file.Length is 0 ? "it is empty, or no file" : $"it has more than {most} bytes"))
                : (File.ReadAllText(file.FullName), null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, PlanProblems.OddFile(path, failure.Message));
        }
    }

    private static bool IsBelow(string root, string path) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || root == Path.GetPathRoot(root);

    /// <summary>The path with every link on the way followed.</summary>
    private static string Real(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : next;
        }

        return real;
    }
}
