using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Puts the addresses that nodes have now behind the balancers that stand already: a node made again has others than the one before it.</summary>
internal sealed class MatchBackends(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from balancer in changes.KeptBalancers
        select new TaskStep(NameFor(balancer), (step, token) => MatchAsync(balancer, changes, step, token))
        {
            // What has not started would only be found dead; it holds the others back no longer than until that is known.
            After = [.. StartsBehind(balancer, changes)],
            AtLeast = 0,
            Before = [Milestone.Region(balancer.Region)],
            Subject = new StepSubject(balancer.Region, balancer.Name, null),
            Cost = new([nameof(LimitClass.List)], 0),
            Doing = "matching the back ends",
        };

    internal static string NameFor(ResolvedBalancer balancer) => $"back ends {balancer.Key}";

    private static IEnumerable<string> StartsBehind(ResolvedBalancer balancer, ChangeSet changes)
    {
        var keys = balancer.Ports.SelectMany(port => port.Backends).ToHashSet(StringComparer.Ordinal);
        return changes.AddedNodes.Where(node => keys.Contains(node.Key)).Select(node => Milestone.Started(node.Label))
            .Concat(changes.Turns.Where(turn => turn.GetsPrivateIp && keys.Contains(turn.Node.Key)).Select(turn => Milestone.TurnEnded(turn.Node.Label)))
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>Adds what is missing, and takes away what was one of our nodes' and is no more; what others added stays.</summary>
    /// <param name="tools">What it works with.</param>
    /// <param name="balancer">The balancer, as planned.</param>
    /// <param name="id">Its id.</param>
    /// <param name="leaving">Keys of nodes that are drained at this time: those are taken away once they are.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task MatchAsync(
        ProvisioningTools tools, ResolvedBalancer balancer, long id, IReadOnlySet<string> leaving, CancellationToken cancellation)
    {
        var standing = await tools.Cloud.GetBalancerPortsAsync(id, cancellation).ConfigureAwait(false);
        foreach (var (planned, port) in balancer.Ports.Join(standing, port => port.Port, port => port.Port, (planned, port) => (planned, port)))
        {
            BackendOrder[] wanted =
            [
                .. planned.Backends.Select(tools.Book.FindNode).OfType<NodeRecord>().Where(IsThere).Select(node => CreateBalancers.BackendFor(node, planned)),
            ];
            foreach (var missing in wanted.ExceptBy(port.Backends.Select(one => one.Address), one => one.Address))
            {
                await tools.Cloud.AddBackendAsync(id, port.Id, missing, cancellation).ConfigureAwait(false);
            }

            var taken = wanted.Select(ours => ours.Address).ToHashSet(StringComparer.Ordinal);
            var former = tools.Book.Nodes
                .Where(node => node.PrivateIpv4 is not null && !leaving.Contains(node.Key) && !planned.Backends.Contains(node.Key))
                .Select(node => CreateBalancers.BackendFor(node, planned)).ToHashSet();
            foreach (var stale in port.Backends.Where(one => !taken.Contains(one.Address)
                && (Array.Exists(wanted, ours => ours.Label == one.Label) || former.Contains(new(one.Label, one.Address)))))
            {
                await tools.Cloud.RemoveBackendAsync(id, port.Id, stale.Id, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static bool IsThere(NodeRecord node) =>
        node is { PrivateIpv4: not null, State: not (NodeState.Failed or NodeState.Gone or NodeState.Deleting or NodeState.Planned) };

    private async Task MatchAsync(ResolvedBalancer balancer, ChangeSet changes, StepContext step, CancellationToken cancellation)
    {
        if (step.StartedBefore)
        {
            // What an earlier try sent may still land, and the cloud would take the same address twice.
            await Task.Delay(OnceOnly.Landing(step), tools.Time, cancellation).ConfigureAwait(false);
        }

        var id = tools.Book.FindResource(ResourceKind.Balancer, balancer.Key)!.CloudId!.Value;
        var leaving = changes.RemovedNodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        await MatchAsync(tools, balancer, id, leaving, cancellation).ConfigureAwait(false);
    }
}
