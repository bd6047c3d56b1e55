using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Checks the token before anything is made: one that may create but not read events would leave nodes nobody waits for.</summary>
internal static class ScopeCheck
{
    /// <summary>Scopes a change set needs.</summary>
    public static IReadOnlyList<string> NeededFor(ChangeSet changes)
    {
        if (changes.RotatedKeys.Count > 0)
        {
            return []; // the cloud has no part in it
        }

        if (changes.Turns.Count > 0 && changes.Turns.All(turn => turn.Kind == TurnKind.Command))
        {
            return []; // nor in this
        }

        var removed = changes.RemovedResources.Select(made => made.Kind).ToHashSet();
        List<string> needed = ["events:read_only", "linodes:read_write"];
        if (changes.NeedsFirewall || removed.Contains(ResourceKind.Firewall) || changes.EditsBy(ChangeRules.FirewallChanged, ChangeRules.NodeGuard).Any())
        {
            needed.Add("firewall:read_write");
        }

        else if (changes.AddedNodes.Count > 0)
        {
            needed.Add("firewall:read_only");
        }

        if (changes.AddedVolumes.Any() || removed.Contains(ResourceKind.Volume) || changes.Edits.Any(edit => edit.Change.What == "volume"))
        {
            needed.Add("volumes:read_write");
        }

        if (changes.AddedBalancers.Count > 0 || changes.KeptBalancers.Count > 0 || changes.DrainedBalancers.Count > 0 || removed.Contains(ResourceKind.Balancer))
        {
            needed.Add("nodebalancers:read_write");
        }

        if (changes.MissingScripts.Count > 0 || removed.Contains(ResourceKind.StackScript))
        {
            needed.Add("stackscripts:read_write");
        }

        return needed;
    }

    /// <summary>Throws where the token lacks a scope.</summary>
    public static async Task DemandAsync(ILinodeCloud cloud, ChangeSet changes, CancellationToken cancellation)
    {
        var granted = (await cloud.GetIdentityAsync(cancellation).ConfigureAwait(false)).Scopes;
        var missing = NeededFor(changes).Where(scope => !Scopes.Include(granted, scope)).ToList();
        if (missing.Count > 0)
        {
            throw new LinodeToolkitException(ClusterProblems.ScopeMissing(missing, granted));
        }
    }
}
