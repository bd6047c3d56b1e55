using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets.Age;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>All secrets in one file that a passphrase opens, here or with <c>age -d</c>.</summary>
/// <remarks>
/// Every write makes the file anew under a key of its own, which takes scrypt some tenths of a second. That is done before the lock is taken, and
/// what is to be saved meanwhile goes into the same write. The key of the file seen last is kept, so that only what another process wrote costs the
/// like to read.
/// </remarks>
internal sealed class EncryptedFileSecretStore : ISecretStore
{
    /// <summary>128 MiB and some tenths of a second for each try at the passphrase.</summary>
    public const int UsualWorkFactor = 17;

    private readonly string path;
    private readonly string folder;
    private readonly Func<Sensitive>? ask;
    private readonly int workFactor;
    private readonly StoreLock alone;
    private readonly GroupedSaves saves;
    private readonly SemaphoreSlim turn = new(1);
    private Sensitive? passphrase;
    private AgeKey? known;
    private AgeKey? next;

    /// <summary>A store in that file.</summary>
    /// <param name="path">The file; made with the first secret.</param>
    /// <param name="ask">The passphrase, asked for once it is needed; null where there is none.</param>
    /// <param name="workFactor">Logarithm of what a try at the passphrase costs.</param>
    public EncryptedFileSecretStore(string path, Func<Sensitive>? ask, int workFactor = UsualWorkFactor)
    {
        (this.path, this.ask, this.workFactor) = (Path.GetFullPath(path), ask, workFactor);
        folder = Path.GetDirectoryName(this.path)!;
        alone = new(Path.ChangeExtension(this.path, ".lock"));
        saves = new(WriteAsync);
    }

    public string Scheme => "encrypted";

    public string Description => $"the encrypted file {path}";

    /// <summary>How often the file was written; tests count.</summary>
    public int Writes { get; private set; }

    public async Task<StoredSecret?> ReadAsync(string name, CancellationToken cancellation)
    {
        var wanted = SecretReference.To(name).Name;
        return (await LoadAsync(cancellation).ConfigureAwait(false)).Find(wanted);
    }

    public async Task<bool> SetAsync(string name, Sensitive value, CancellationToken cancellation)
    {
        var wanted = SecretReference.To(name).Name;
        return await saves.SaveAsync(document => document.Find(wanted) is not null & document.Set(wanted, value, _ => true), cancellation)
            .ConfigureAwait(false);
    }

    public async Task<bool> TrySetAsync(string name, Sensitive value, string? expected, CancellationToken cancellation)
    {
        bool IsExpected(StoredSecret? there) => there?.Version == expected;

        // Looked at first: what has changed already need not wait for a write to hear so.
        return IsExpected(await ReadAsync(name, cancellation).ConfigureAwait(false))
            && await saves.SaveAsync(document => document.Set(name, value, IsExpected), cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellation) =>
        [.. (await LoadAsync(cancellation).ConfigureAwait(false)).Names.Where(name => name.StartsWith(folder, StringComparison.Ordinal))];

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellation) =>
        await ReadAsync(name, cancellation).ConfigureAwait(false) is not null
        && await saves.SaveAsync(document => document.Delete(name), cancellation).ConfigureAwait(false);

    private async Task WriteAsync(Func<IReadOnlyList<PendingSave>> take)
    {
        // First of all: a file that does not open with this passphrase is not to be replaced by one that does.
        await LoadAsync(CancellationToken.None).ConfigureAwait(false);
        var words = await InTurnAsync(Passphrase, CancellationToken.None).ConfigureAwait(false);

        // Out of turn: others go on reading, and come with what they want to save.
        next ??= await Task.Run(() => AgeKey.Make(words, workFactor)).ConfigureAwait(false);
        PrivateFiles.Guard(folder, MakeFolder);
        using (await alone.TakeAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await InTurnAsync(() => Write(take), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void MakeFolder()
    {
        var made = !Directory.Exists(folder);
        PrivateFiles.EnsureFolder(folder);
        if (made)
        {
            DurableFolder.Flush(Path.GetDirectoryName(folder)!);
        }
    }

    private bool Write(Func<IReadOnlyList<PendingSave>> take)
    {
        var document = Load();
        var before = document.Version;
        foreach (var save in take())
        {
            save.Apply(document);
        }

        if (document.Version == before)
        {
            return false;
        }

        // One key seals one file, also where that file then cannot be put in its place.
        var key = next!;
        next = null;
        WholeFile.ForgetUnfinished(path);
        WholeFile.Write(path, AgeFile.Seal(key, document.ToBytes()));
        known = key;
        Writes++;
        return true;
    }

    private Task<SecretDocument> LoadAsync(CancellationToken cancellation) => InTurnAsync(Load, cancellation);

    private SecretDocument Load()
    {
        if (!File.Exists(path))
        {
            return new();
        }

        PrivateFiles.EnsureFolder(folder);
        PrivateFiles.RefuseUnsafe(path);
        var file = File.ReadAllBytes(path);
        if (known?.Opens(file) != true)
        {
            known = Unlock(file);
        }

        return SecretDocument.Read(AgeFile.Open(known, file, path), path);
    }

    private AgeKey Unlock(byte[] file)
    {
        try
        {
            return AgeKey.Find(file, Passphrase(), path);
        }
        catch (LinodeToolkitException)
        {
            // Asked for again: whoever typed it may have slipped.
            passphrase = null;
            throw;
        }
    }

    private Sensitive Passphrase()
    {
        if (!AgeFile.IsSupported)
        {
            throw new LinodeToolkitException(AgeProblems.NoCipher());
        }

        var given = passphrase ?? ask?.Invoke();
        return given?.Reveal().Length > 0 ? passphrase = given : throw new LinodeToolkitException(SecretProblems.NoPassphrase(path));
    }

    /// <summary>Works off the caller's thread, one at a time, and gives what the system says against the file as a problem.</summary>
    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    T result = default!;
                    PrivateFiles.Guard(path, () => result = work());
                    return result;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }
}
