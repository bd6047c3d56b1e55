using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>One file a secret, readable by its owner alone; what stands before a <c>/</c> in a name is a folder.</summary>
internal sealed class PlainFileSecretStore(string folder) : ISecretStore
{
    // Marks a file that is being written; no name of a secret can contain it.
    private const char Unfinished = '~';
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly string root = Path.GetFullPath(folder);

    public string Scheme => "plain";

    public string Description => $"plain files in {root}";

    public Task<Sensitive?> FindAsync(string name, CancellationToken cancellation) => InBackground(() =>
    {
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            return null;
        }

        RefuseUnsafe(path);
        try
        {
            return new Sensitive(Utf8.GetString(File.ReadAllBytes(path)));
        }
        catch (DecoderFallbackException)
        {
            throw new LinodeToolkitException(SecretProblems.NotText(path));
        }
    }, cancellation);

    public Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation) => InBackground(() =>
    {
        var path = PathOf(name);
        MakeRoomFor(name, path);
        var replaces = File.Exists(path);
        if (replaces)
        {
            RefuseUnsafe(path);
        }

        // Whole or not at all: written beside, flushed, then put in place in one move.
        var beside = $"{path}{Unfinished}{Guid.NewGuid():N}";
        try
        {
            using (var file = PrivateFiles.Open(beside, FileMode.CreateNew))
            {
                file.Write(Utf8.GetBytes(value.Reveal()));
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        DurableFolder.Flush(Path.GetDirectoryName(path)!);
        return replaces;
    }, cancellation);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) => InBackground<IReadOnlyList<string>>(() =>
    {
        if (!Directory.Exists(root))
        {
            return [];
        }

        PrivateFiles.EnsureFolder(root);
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return
        [
            .. Directory.EnumerateFiles(root, "*", all)
                .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(SecretReference.IsName).Order(StringComparer.Ordinal),
        ];
    }, cancellation);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellation) => InBackground(() =>
    {
        var path = PathOf(name);
        var above = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(above))
        {
            return false;
        }

        var there = File.Exists(path);
        File.Delete(path);

        // A writer that was killed may have left the value beside it.
        foreach (var left in Directory.EnumerateFiles(above, $"{Path.GetFileName(path)}{Unfinished}*"))
        {
            File.Delete(left);
        }

        DurableFolder.Flush(above);
        return there;
    }, cancellation);

    /// <summary>Calls the file system off the caller's thread, and gives what it says against a file as a problem.</summary>
    private Task<T> InBackground<T>(Func<T> work, CancellationToken cancellation) => Task.Run(
        () =>
        {
            T result = default!;
            PrivateFiles.Guard(root, () => result = work());
            return result;
        },
        cancellation);

    private string PathOf(string name) =>
        Path.Combine([root, .. SecretReference.To(name).Name.Split('/')]);

    private void MakeRoomFor(string name, string path)
    {
        if (Directory.Exists(path))
        {
            throw new LinodeToolkitException(SecretProblems.FolderInTheWay(name, $"{name}/…"));
        }

        foreach (var above in FoldersTo(path))
        {
            if (above != root && File.Exists(above))
            {
                throw new LinodeToolkitException(SecretProblems.FolderInTheWay(name, Path.GetRelativePath(root, above)));
            }

            var made = !Directory.Exists(above);
            PrivateFiles.EnsureFolder(above);
            PrivateFiles.RefuseLink(above);
            if (made)
            {
                DurableFolder.Flush(Path.GetDirectoryName(above)!);
            }
        }
    }

    private void RefuseUnsafe(string path)
    {
        foreach (var above in FoldersTo(path))
        {
            PrivateFiles.EnsureFolder(above);
            PrivateFiles.RefuseLink(above);
        }

        PrivateFiles.RefuseUnsafe(path);
    }

    /// <summary>The folders from the store's own down to the one that holds the file.</summary>
    private List<string> FoldersTo(string path)
    {
        var folders = new List<string>();
        for (var above = Path.GetDirectoryName(path)!; above.Length > root.Length; above = Path.GetDirectoryName(above)!)
        {
            folders.Add(above);
        }

        folders.Add(root);
        folders.Reverse();
        return folders;
    }
}
