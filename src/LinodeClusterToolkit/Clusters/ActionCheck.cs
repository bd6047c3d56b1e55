using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Configuration;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Secrets;
using LinodeClusterToolkit.Security;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Looks at the actions of a run before anything is made: what they need of this machine, their files, and their secrets.</summary>
internal static class ActionCheck
{
    // Each reads a playbook with all its roles, which takes a second of a processor.
    private const int MostAtOnce = 4;

    /// <summary>Actions that the run comes to, each once.</summary>
    public static IReadOnlyList<ResolvedAction> Wanted(ChangeSet changes)
    {
        var started = changes.StartedNodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var rising = Of(changes.Groups, at => at is not (Transition.ClusterStopping or Transition.Removing));

        // What is forced goes on whatever these come to.
        var sinking = changes.Force
            ? []
            : Of(changes.Descending, at => at == Transition.ClusterStopping).Concat(Of(changes.Leaving, at => at == Transition.Removing));
        var turning = changes.Turns.SelectMany(turn => turn.Group.Actions.Where(action =>
            turn.Transitions.Contains(action.At) && turn.Group.Members[0].Runs && !(action.RunOn == RunOn.First && turn.Group.Kept > 0)));
        return [.. rising.Concat(sinking).Concat(turning).Distinct()];

        IEnumerable<ResolvedAction> Of(IEnumerable<ChangedGroup> groups, Func<Transition, bool> at) =>
            groups.SelectMany(group => group.Actions.Where(action => at(action.At) && Runs(group, action, started)));
    }

    /// <summary>Throws where one of them cannot work; all that is wrong is said at once.</summary>
    /// <exception cref="LinodeToolkitException">Something is missing.</exception>
    public static async Task DemandAsync(Workshop shop, ChangeSet changes, CancellationToken cancellation)
    {
        var wanted = Wanted(changes);
        if (wanted.Count == 0)
        {
            return;
        }

        var problems = await SecretsAsync(shop.Secrets, wanted, cancellation).ConfigureAwait(false);

        // Nothing runs on records, so nothing needs to be there.
        if (shop.Remote.Shell.Value.IsReal)
        {
            problems.AddRange(await ToolsAsync(shop, wanted, cancellation).ConfigureAwait(false));
        }

        if (problems.Count > 0)
        {
            throw new LinodeToolkitException(problems);
        }
    }

    private static bool Runs(ChangedGroup group, ResolvedAction action, HashSet<string> started) =>
        !(action.RunOn == RunOn.First && group.Kept > 0)
        && group.Members.Any(member => member.Runs && !(action.At < Transition.Boot && started.Contains(member.Key)));

    private static async Task<List<Problem>> SecretsAsync(ISecretStore store, IReadOnlyList<ResolvedAction> wanted, CancellationToken cancellation)
    {
        var problems = new List<Problem>();
        var named = from action in wanted
                    from given in action.With.Values
                    where SecretReference.IsReference(given)
                    group action.Name by given;
        foreach (var secret in named)
        {
            var reference = SecretReference.Parse(secret.Key);
            if (await store.FindAsync(reference.Name, cancellation).ConfigureAwait(false) is null)
            {
                problems.Add(SecretProblems.Missing(reference, store.Description) with
                {
                    Why = $"the plan gives it to {string.Join(", ", secret.Distinct(StringComparer.Ordinal))}",
                });
            }
        }

        return problems;
    }

    private static async Task<IReadOnlyList<Problem>> ToolsAsync(Workshop shop, IReadOnlyList<ResolvedAction> wanted, CancellationToken cancellation)
    {
        using var turn = new SemaphoreSlim(MostAtOnce);
        var checks = from action in wanted.DistinctBy(action => (action.Kind, action.File, action.Target))
                     join one in shop.Configurators on action.Kind equals one.Kind.Name
                     select one.Missing() is { } missing ? Task.FromResult<Problem?>(missing) : CheckAsync(one, action);
        return [.. (await Task.WhenAll(checks).ConfigureAwait(false)).OfType<Problem>().DistinctBy(problem => (problem.Code, problem.Where))];

        async Task<Problem?> CheckAsync(IConfigurator one, ResolvedAction action)
        {
            await turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                return await one.CheckAsync(action, shop.Time, cancellation).ConfigureAwait(false);
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
