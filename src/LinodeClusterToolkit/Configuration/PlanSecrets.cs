using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Configuration;

/// <summary>Has all secrets masked that a plan brings to nodes, in this run or in an earlier one: what comes back can hold them still.</summary>
internal sealed class PlanSecrets(ISecretStore secrets)
{
    private readonly SemaphoreSlim turn = new(1);
    private string? told;

    /// <summary>Tells them, once for each plan.</summary>
    /// <param name="redactor">What masks them.</param>
    /// <param name="resolved">The resolved plan as it is kept; empty for a cluster that came without one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task TellAsync(Redactor redactor, string resolved, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (told == resolved)
            {
                return;
            }

            foreach (var name in ReferencesIn(resolved).Append(KnownSecrets.DefaultRootPassword))
            {
                if (await secrets.FindAsync(name, cancellation).ConfigureAwait(false) is { } secret)
                {
                    redactor.Add(secret);
                }
            }

            told = resolved;
        }
        finally
        {
            turn.Release();
        }
    }

    private static IEnumerable<string> ReferencesIn(string resolved) => resolved.Length == 0 ? [] :
        (from region in ResolvedPlanJson.Read(resolved).Regions
         from grp in region.Groups
         from value in grp.Actions.SelectMany(action => action.With.Values)
         where SecretReference.IsReference(value)
         select SecretReference.Parse(value).Name).Distinct(StringComparer.Ordinal);
}
