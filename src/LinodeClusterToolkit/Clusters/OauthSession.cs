using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A token of OAuth, which lives two hours: renewed when the API does not know it any more, by whoever of several processes comes first.</summary>
internal sealed class OauthSession(V4Options options, ISecretStore store) : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    private const int Moments = 20;
    private readonly SemaphoreSlim turn = new(1);
    private readonly OauthLogin login = new(options);
    private Sensitive? current;

    /// <summary>The token as it is now.</summary>
    public Sensitive Token => current ??= options.Token();

    /// <summary>Sees to it that there is another token than one that was refused; false where nothing to renew it with is stored.</summary>
    /// <exception cref="LinodeToolkitException">LCT3013: the login server does not give one.</exception>
    public async Task<bool> RenewAsync(Sensitive refused, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return IsOther(current, refused) || await AnotherAsync(refused, cancellation).ConfigureAwait(false)
                || await AskAsync(refused, cancellation).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        login.Dispose();
        turn.Dispose();
    }

    private static bool IsOther(Sensitive? token, Sensitive refused) => token is not null && token.Reveal() != refused.Reveal();

    // Another process may have had it renewed and stored.
    private async Task<bool> AnotherAsync(Sensitive refused, CancellationToken cancellation)
    {
        var stored = await store.FindAsync(KnownSecrets.OauthToken, cancellation).ConfigureAwait(false);
        current = IsOther(stored, refused) ? stored : current;
        return IsOther(current, refused);
    }

    private async Task<bool> AskAsync(Sensitive refused, CancellationToken cancellation)
    {
        var refresh = await store.FindAsync(KnownSecrets.OauthRefreshToken, cancellation).ConfigureAwait(false);
        var id = await store.FindAsync(KnownSecrets.OauthClientId, cancellation).ConfigureAwait(false);
        var secret = await store.FindAsync(KnownSecrets.OauthClientSecret, cancellation).ConfigureAwait(false);
        if (refresh is null || id is null || secret is null)
        {
            return false;
        }

        if (await login.RenewAsync(refresh, id, secret, cancellation).ConfigureAwait(false) is not { } given)
        {
            // Good once: another process was first, and is about to store what it was given.
            for (var round = 0; round < Moments; round++)
            {
                if (await AnotherAsync(refused, cancellation).ConfigureAwait(false))
                {
                    return true;
                }

                await Task.Delay(Moment, options.Time, cancellation).ConfigureAwait(false);
            }

            throw new LinodeToolkitException(ClusterProblems.LoginOver(login.Address));
        }

        // The refresh token first: with it alone a process that dies here has lost nothing. Whatever happens, it is the last to be given up.
        await (given.Refresh is { } next ? store.SetAsync(KnownSecrets.OauthRefreshToken, next, CancellationToken.None) : Task.CompletedTask)
            .ConfigureAwait(false);
        await store.SetAsync(KnownSecrets.OauthToken, given.Access, CancellationToken.None).ConfigureAwait(false);
        current = given.Access;
        return true;
    }
}
