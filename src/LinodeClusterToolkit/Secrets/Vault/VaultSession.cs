using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>Has a token that is good whenever one is needed: got at first need, renewed at two thirds of its life, then replaced.</summary>
internal sealed class VaultSession : IAsyncDisposable
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);

    private readonly VaultLogin login;
    private readonly VaultAuth auth;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource end = new();
    private volatile VaultLease? lease;

    public VaultSession(VaultLogin login, VaultAuth auth, TimeProvider time)
    {
        (this.login, this.auth, this.time) = (login, auth, time);
        timer = time.CreateTimer(
            static self => _ = ((VaultSession)self!).KeepAliveAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The token to use now.</summary>
    public async Task<Sensitive> TokenAsync(CancellationToken cancellation) =>
        lease is { } held && !(auth is VaultAppRole && held.Ends && held.End <= time.GetUtcNow())
            ? held.Token
            : await GetAsync(lease?.Token, cancellation).ConfigureAwait(false);

    /// <summary>Another token in place of one that was refused; null where that one is good, and it is the call that was refused.</summary>
    /// <exception cref="LinodeToolkitException">LCT3021: it is not good, and there is no other.</exception>
    public async Task<Sensitive?> InPlaceOfAsync(Sensitive refused, VaultCall call, VaultPlace place, CancellationToken cancellation) =>
        await login.IsKnownAsync(refused, cancellation).ConfigureAwait(false) ? null
        : auth is VaultAppRole ? await GetAsync(refused, cancellation).ConfigureAwait(false)
        : throw new LinodeToolkitException(VaultProblems.TokenRefused(call.Name, place.Host));

    /// <summary>Revokes what was got here; a Vault that does not answer is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync().ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        if (auth is VaultAppRole && lease is { } held)
        {
            using var patience = new CancellationTokenSource(PatienceAtTheEnd, time);
            try
            {
                await login.RevokeAsync(held.Token, patience.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is LinodeToolkitException or OperationCanceledException)
            {
                // It ends by itself when its time is over.
            }
        }

        lease = null;
    }

    private async Task<Sensitive> GetAsync(Sensitive? old, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (lease is { } held && held.Token != old)
            {
                return held.Token; // somebody else was quicker
            }

            return Keep(auth switch
            {
                VaultAppRole role => await login.EnterAsync(role, cancellation).ConfigureAwait(false),
                VaultToken given => await login.LookAsync(given.Token, cancellation).ConfigureAwait(false),
                _ => throw new InvalidOperationException($"{auth.GetType().Name} is no way in"),
            });
        }
        finally
        {
            turn.Release();
        }
    }

    private Sensitive Keep(VaultLease got)
    {
        lease = got;
        if (got.Ends && (got.Renewable || auth is VaultAppRole))
        {
            Wake(got.RenewAfter);
        }

        return got.Token;
    }

    private void Wake(TimeSpan after) => timer.Change(after > ShortestWait ? after : ShortestWait, Timeout.InfiniteTimeSpan);

    // Failures here are nobody's yet: whoever needs the token next is told, and until then it is tried again.
    private async Task KeepAliveAsync()
    {
        try
        {
            await turn.WaitAsync(end.Token).ConfigureAwait(false);
            try
            {
                if (lease is { } held && await NextAsync(held).ConfigureAwait(false) is { } next)
                {
                    Keep(next);
                }
            }
            finally
            {
                turn.Release();
            }
        }
        catch (LinodeToolkitException) when (lease is { } held && held.End - time.GetUtcNow() is var left && left > ShortestWait)
        {
            Wake(left / 2);
        }
        catch (Exception failure) when (failure is LinodeToolkitException or OperationCanceledException or ObjectDisposedException)
        {
            // It is over, or the token is: the next call gets another or says why not.
        }
    }

    private async Task<VaultLease?> NextAsync(VaultLease held) =>
        (held.Renewable ? await login.RenewAsync(held, end.Token).ConfigureAwait(false) : null)
        ?? (auth is VaultAppRole role ? await login.EnterAsync(role, end.Token).ConfigureAwait(false) : null);
}
