using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Secrets.Vault;

/// <summary>Sends calls with a token that is good; what a policy forbids, or no engine serves, is a problem.</summary>
internal sealed class VaultClient(VaultWire wire, VaultSession session)
{
    public VaultPlace Place => wire.Place;

    /// <summary>The answer: a success, or a refusal of this very call.</summary>
    public async Task<VaultAnswer> SendAsync(VaultCall call, CancellationToken cancellation)
    {
        var token = await session.TokenAsync(cancellation).ConfigureAwait(false);
        var answer = await wire.SendAsync(call, token, cancellation).ConfigureAwait(false);

        // Expired, revoked and not allowed look the same.
        if (answer.Status is 401 or 403
            && await session.InPlaceOfAsync(token, call, Place, cancellation).ConfigureAwait(false) is { } other)
        {
            answer = await wire.SendAsync(call, other, cancellation).ConfigureAwait(false);
        }

        return answer switch
        {
            { Status: 401 or 403 } => throw new LinodeToolkitException(VaultProblems.Forbidden(call.Name, Place)),
            { IsNoMount: true } => throw new LinodeToolkitException(VaultProblems.NoMount(call.Name, Place, answer.Said)),
            _ => answer,
        };
    }
}
