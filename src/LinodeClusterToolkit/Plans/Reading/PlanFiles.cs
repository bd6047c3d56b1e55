namespace LinodeClusterToolkit.Plans.Reading;

/// <summary>Files that a plan names.</summary>
internal sealed class PlanFiles(string? folder)
{
    /// <summary>What is wrong with a path, or null where it is a file the plan may use.</summary>
    public Diagnostics.Problem? Fault(string path)
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

    /// <summary>Whether a relative path leads to a file.</summary>
    public bool Exists(string path) => folder is not null && File.Exists(Path.Combine(folder, path));

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
