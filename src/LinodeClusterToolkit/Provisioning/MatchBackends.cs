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
        select new TaskStep($"back ends {balancer.Key}", (step, token) => MatchAsync(balancer, step, token))
        {
            After = [.. CreateBalancers.AddressesBehind(balancer, changes)],
            Before = [Milestone.Region(balancer.Region), .. Turns(balancer, changes)],
            Subject = new StepSubject(balancer.Region, balancer.Name, null),
            Cost = new([nameof(LimitClass.List)], 0),
            Doing = "matching the back ends",
        };

    // Who has its turn is not at work again before it is reached.
    private static IEnumerable<string> Turns(ResolvedBalancer balancer, ChangeSet changes) =>
        changes.Turns.Where(turn => turn.Kind == TurnKind.Replace && balancer.Ports.Any(port => port.Backends.Contains(turn.Node.Key)))
            .Select(turn => Milestone.TurnEnded(turn.Node.Label));

    /// <summary>Adds what is missing, and takes away what was one of our nodes' and is no more; what others added stays.</summary>
    public static async Task MatchAsync(ProvisioningTools tools, ResolvedBalancer balancer, long id, CancellationToken cancellation)
    {
        var standing = await tools.Cloud.GetBalancerPortsAsync(id, cancellation).ConfigureAwait(false);
        foreach (var (planned, port) in balancer.Ports.Join(standing, port => port.Port, port => port.Port, (planned, port) => (planned, port)))
        {
            BackendOrder[] wanted = [.. planned.Backends.Select(tools.Book.Node).Select(node => CreateBalancers.BackendFor(node, planned))];
            foreach (var missing in wanted.ExceptBy(port.Backends.Select(one => one.Address), one => one.Address))
            {
                await tools.Cloud.AddBackendAsync(id, port.Id, missing, cancellation).ConfigureAwait(false);
            }

            foreach (var stale in port.Backends.Where(one => Array.Exists(wanted, ours => ours.Label == one.Label && ours.Address != one.Address)))
            {
                await tools.Cloud.RemoveBackendAsync(id, port.Id, stale.Id, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task MatchAsync(ResolvedBalancer balancer, StepContext step, CancellationToken cancellation)
    {
        if (step.StartedBefore)
        {
            // What an earlier try sent may still land, and the cloud would take the same address twice.
            await Task.Delay(OnceOnly.Landing(step), tools.Time, cancellation).ConfigureAwait(false);
        }

        var id = tools.Book.FindResource(ResourceKind.Balancer, balancer.Key)!.CloudId!.Value;
        await MatchAsync(tools, balancer, id, cancellation).ConfigureAwait(false);
    }
}
