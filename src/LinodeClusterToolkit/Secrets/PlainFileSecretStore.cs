using System.Security.Cryptography;
using System.Text;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>One file a secret, readable by its owner alone; what stands before a <c>/</c> in a name is a folder.</summary>
internal sealed class PlainFileSecretStore(string folder) : ISecretStore
{
    /// <summary>Its scheme.</summary>
    public const string Name = "plain";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A hash alone would let whoever sees a version try what a short secret may be.
    private static readonly byte[] VersionKey = RandomNumberGenerator.GetBytes(32);

    private readonly string root = Path.GetFullPath(folder);
    private readonly StoreLock alone = new(Path.Combine(Path.GetFullPath(folder), $"{WholeFile.Unfinished}lock"));

    public string Scheme => Name;

    public string Description => $"plain files in {root}";

    public Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation) => InBackground(() => Read(PathOf(name)), cancellation);

    public Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation) => AloneAsync(name, path =>
    {
        MakeRoomFor(name, path);
        var replaces = File.Exists(path);
        if (replaces)
        {
            RefuseUnsafe(path);
        }

        WholeFile.Write(path, Utf8.GetBytes(value.Reveal()));
        return replaces;
    }, cancellation);

    public Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation) => AloneAsync(name, path =>
    {
        if (Read(path)?.Version != expected)
        {
            return false;
        }

        MakeRoomFor(name, path);
        WholeFile.Write(path, Utf8.GetBytes(value.Reveal()));
        return true;
    }, cancellation);

    public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation) => InBackground<IReadOnlyList<string>>(() =>
    {
        var begin = folder.Length == 0 ? root : Path.GetDirectoryName(PathOf(folder + "-"))!;
        if (!Directory.Exists(begin))
        {
            return [];
        }

        PrivateFiles.EnsureFolder(root);
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return
        [
            .. Directory.EnumerateFiles(begin, "*", all)
                .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(SecretReference.IsName).Order(StringComparer.Ordinal),
        ];
    }, cancellation);

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellation) =>
        Directory.Exists(root) && await AloneAsync(name, Delete, cancellation).ConfigureAwait(false);

    private static StoredSecret? Stored(string path)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            return new(new(Utf8.GetString(bytes)), Convert.ToHexStringLower(HMACSHA256.HashData(VersionKey, bytes)));
        }
        catch (DecoderFallbackException)
        {
            throw new LinodeToolkitException(SecretProblems.NotText(path));
        }
    }

    private static bool Delete(string path)
    {
        var above = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(above))
        {
            return false;
        }

        var there = File.Exists(path);
        File.Delete(path);

        // A writer that was killed may have left the value beside it.
        WholeFile.ForgetUnfinished(path);
        DurableFolder.Flush(above);
        return there;
    }

    private StoredSecret? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        RefuseUnsafe(path);
        return Stored(path);
    }

    /// <summary>Works on the file of a secret while nobody else writes.</summary>
    private async Task<bool> AloneAsync(string name, Func<string, bool> work, CancellationToken cancellation)
    {
        var path = PathOf(name);
        await Task.Run(() => PrivateFiles.Guard(root, MakeRoot), cancellation).ConfigureAwait(false);
        using (await alone.TakeAsync(cancellation).ConfigureAwait(false))
        {
            return await InBackground(() => work(path), cancellation).ConfigureAwait(false);
        }
    }

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

    private void MakeRoot()
    {
        var made = !Directory.Exists(root);
        PrivateFiles.EnsureFolder(root);
        PrivateFiles.RefuseLink(root);
        if (made)
        {
            DurableFolder.Flush(Path.GetDirectoryName(root)!);
        }
    }

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
