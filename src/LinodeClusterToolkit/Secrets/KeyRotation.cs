using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets;

/// <summary>The key pairs of one place while a new one takes over.</summary>
/// <param name="Current">The one in force.</param>
/// <param name="Next">The one to come, then the one that has come; null where none is under way.</param>
/// <param name="Old">The one that was in force before; null until another is.</param>
internal sealed record RotatingKeys(SshKeyPair Current, SshKeyPair? Next, SshKeyPair? Old)
{
    /// <summary>Whether the new one is in force.</summary>
    public bool IsSwitched => Next?.Public.Body == Current.Public.Body;
}

/// <summary>The part of the secret store in a change of an admin key pair: every step is durable, and given again does no harm.</summary>
/// <remarks>
/// Beside <c>admin-key</c> stand <c>admin-key.next</c>, before any node hears of it, and <c>admin-key.old</c> from the switch on, by which it is
/// shown to be refused, after a crash too. The one in force opens every node at any moment: a node takes the new one before the switch, and the old one
/// until after it. So nobody who connects meanwhile needs to know of a change, nor to try a second key.
/// </remarks>
internal sealed class KeyRotation(ISecretStore store, string name, KeyPairMaker make, Action<SshKeyPair> switched)
{
    private readonly string next = $"{name}.next", old = $"{name}.old";

    /// <summary>The names of what stands beside a key only while it is changed.</summary>
    public static IReadOnlyList<string> Beside(string name) => [$"{name}.next", $"{name}.old"];

    /// <summary>What there is now; null where there is no key in force.</summary>
    public async Task<RotatingKeys?> FindAsync(CancellationToken cancellation) =>
        await FindAsync(name, cancellation).ConfigureAwait(false) is { } current
            ? new(current, await FindAsync(next, cancellation).ConfigureAwait(false), await FindAsync(old, cancellation).ConfigureAwait(false))
            : null;

    /// <summary>Makes the pair to come, unless there is one: that of a run that was cut short is gone on with.</summary>
    /// <returns>False where there is no key in force that it could follow.</returns>
    public async Task<bool> PrepareAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation).ConfigureAwait(false) is not { } keys)
        {
            return false;
        }

        if (keys.Next is null)
        {
            // Left by an end that was cut short: no node takes it any more.
            await store.DeleteAsync(old, cancellation).ConfigureAwait(false);

            // Where somebody was quicker, theirs is taken.
            await store.TrySetAsync(next, (await make(cancellation).ConfigureAwait(false)).Private, null, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Puts the new pair in force; whoever calls has seen that every node takes it.</summary>
    /// <returns>False where there is none, or somebody else changed the one in force meanwhile: nothing was changed then.</returns>
    public async Task<bool> SwitchAsync(CancellationToken cancellation)
    {
        var version = (await store.ReadAsync(name, cancellation).ConfigureAwait(false))?.Version;
        if (await FindAsync(cancellation).ConfigureAwait(false) is not { Next: { } coming } keys)
        {
            return false;
        }

        if (!keys.IsSwitched)
        {
            await store.SetAsync(old, keys.Current.Private, cancellation).ConfigureAwait(false);
            if (!await store.TrySetAsync(name, coming.Private, version, cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }

        switched(coming);
        return true;
    }

    /// <summary>Forgets all but the pair in force; whoever calls has seen that no node takes the old one.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        // In this order: where only the old one is left, nothing is under way any more.
        await store.DeleteAsync(next, cancellation).ConfigureAwait(false);
        await store.DeleteAsync(old, cancellation).ConfigureAwait(false);
    }

    private async Task<SshKeyPair?> FindAsync(string of, CancellationToken cancellation) =>
        await store.FindAsync(of, cancellation).ConfigureAwait(false) is { } kept ? SshKeyPair.Of(kept, $"the secret {of}") : null;
}
