namespace LinodeClusterToolkit.Secrets;

/// <summary>What became of a secret that was to be copied to another store.</summary>
public enum SecretMove
{
    /// <summary>It was written there, and read back.</summary>
    Copied,

    /// <summary>It stood there already with the same value.</summary>
    Same,

    /// <summary>Another value stands there; it was kept.</summary>
    Differs,
}

/// <summary>A secret on its way from one store to another.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Move">What became of it.</param>
/// <param name="Deleted">Whether it was deleted where it came from.</param>
public sealed record MovedSecret(string Name, SecretMove Move, bool Deleted);

/// <summary>Copies all secrets from one store to another.</summary>
/// <remarks>Nothing is deleted before all are there: whatever ends it, each secret is in one of the two, and the same command goes on with it.</remarks>
internal sealed class SecretMigration(ISecretStore from, ISecretStore to)
{
    /// <summary>Copies, and deletes what was copied where that is wanted.</summary>
    /// <param name="replace">Whether another value over there gives way.</param>
    /// <param name="delete">Whether what is over there is deleted here, once all is.</param>
    /// <param name="cancellation">Ends it between two secrets.</param>
    public async Task<IReadOnlyList<MovedSecret>> MoveAsync(bool replace, bool delete, CancellationToken cancellation)
    {
        var moved = new List<MovedSecret>();
        foreach (var name in await from.ListAsync(cancellation).ConfigureAwait(false))
        {
            if (await from.FindAsync(name, cancellation).ConfigureAwait(false) is { } value)
            {
                moved.Add(new(name, await CopyAsync(name, value, replace, cancellation).ConfigureAwait(false), Deleted: false));
            }
        }

        if (!delete)
        {
            return moved;
        }

        for (var at = 0; at < moved.Count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            moved[at] = moved[at] with { Deleted = await DeleteAsync(moved[at], cancellation).ConfigureAwait(false) };
        }

        return moved;
    }

    private async Task<SecretMove> CopyAsync(string name, Security.Sensitive value, bool replace, CancellationToken cancellation)
    {
        while (true)
        {
            var there = await to.ReadAsync(name, cancellation).ConfigureAwait(false);
            if (there is not null && (there.Value.Equals(value) || !replace))
            {
                return there.Value.Equals(value) ? SecretMove.Same : SecretMove.Differs;
            }

            // Where somebody else was quicker, the next look tells what stands there now.
            if (await to.TrySetAsync(name, value, there?.Version, cancellation).ConfigureAwait(false)
                && value.Equals(await to.FindAsync(name, cancellation).ConfigureAwait(false)))
            {
                return SecretMove.Copied;
            }
        }
    }

    // It may have been written anew here since it was copied: then it stays.
    private async Task<bool> DeleteAsync(MovedSecret moved, CancellationToken cancellation) =>
        moved.Move != SecretMove.Differs
        && await from.FindAsync(moved.Name, cancellation).ConfigureAwait(false) is { } here
        && here.Equals(await to.FindAsync(moved.Name, cancellation).ConfigureAwait(false))
        && await from.DeleteAsync(moved.Name, cancellation).ConfigureAwait(false);
}
