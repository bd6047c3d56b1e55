using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Has balancers send nothing new to a node before it goes down, and again once it is back at work.</summary>
/// <remarks>A node whose place another takes may be dead: its balancers have found out by themselves, and get the other's address.</remarks>
internal sealed class DrainBackends(ProvisioningTools tools) : IGraphPart
{
    private const string Open = "accept";
    private const string Draining = "drain";

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes)
    {
        foreach (var turn in changes.Turns.Where(turn => turn.Kind is TurnKind.Reboot or TurnKind.Rebuild))
        {
            var (node, behind) = (turn.Node, Behind(changes, turn.Node));
            if (behind.Count == 0)
            {
                continue;
            }

            yield return StepFor(node, behind, Draining, Milestone.TurnBegins(node.Label), Milestone.Past(Transition.ClusterStopping, node.Label));
            yield return StepFor(
                node, behind, Open, turn.Group.Members[0].Runs ? Milestone.Started(node.Label) : Milestone.Assembled(node.Label),
                Milestone.TurnEnded(node.Label));
        }

        foreach (var node in changes.RemovedNodes)
        {
            if (Behind(changes, node) is { Count: > 0 } behind)
            {
                yield return StepFor(node, behind, Draining, Milestone.AllDrained, Milestone.Past(Transition.Removing, node.Label));
                yield return new TaskStep($"unlist {node.Label}", (_, token) => UnlistAsync(node, behind, token))
                {
                    After = [Milestone.Released(node.Label)],
                    Before = [Milestone.NodesGone],
                    Subject = new StepSubject(node.Region, node.Group, node.Label),
                    Cost = new([nameof(LimitClass.List)], 0),
                    Doing = "taking it from its balancers",
                };
            }
        }
    }

    private static List<ResolvedBalancer> Behind(ChangeSet changes, NodeRecord node) =>
        [.. changes.DrainedBalancers.Where(balancer => balancer.Ports.Any(port => port.Backends.Contains(node.Key)))];

    private TaskStep StepFor(NodeRecord node, IReadOnlyList<ResolvedBalancer> behind, string mode, string after, string before) =>
        new($"{mode} {node.Label}", (_, token) => SetAsync(node.Key, behind, mode, token))
        {
            After = [after],
            Before = [before],
            Subject = new StepSubject(node.Region, node.Group, node.Label),
            Cost = new([nameof(LimitClass.List)], mode == Draining ? CloudTimes.Drain.TotalSeconds : 0),
            Doing = mode == Draining ? "taking no new connections" : "taking connections again",
        };

    private async Task SetAsync(string key, IReadOnlyList<ResolvedBalancer> behind, string mode, CancellationToken cancellation)
    {
        var found = await EachAsync(
            tools.Book.Node(key), behind,
            // What somebody keeps out of it, or in reserve, stays so.
            (at, backend) => backend.Mode == mode || backend.Mode is not (null or Open or Draining)
                ? Task.CompletedTask
                : tools.Cloud.SetBackendModeAsync(at.Balancer, at.Port, backend.Id, mode, cancellation),
            cancellation).ConfigureAwait(false);
        if (found && mode == Draining)
        {
            // No balancer tells how many connections are left: they get this time to end.
            await Task.Delay(CloudTimes.Drain, tools.Time, cancellation).ConfigureAwait(false);
        }
    }

    private Task<bool> UnlistAsync(NodeRecord node, IReadOnlyList<ResolvedBalancer> behind, CancellationToken cancellation) => EachAsync(
        node, behind, (at, backend) => tools.Cloud.RemoveBackendAsync(at.Balancer, at.Port, backend.Id, cancellation), cancellation);

    // By its address, as it was when this was decided: of a node that is gone the record keeps it.
    private async Task<bool> EachAsync(
        NodeRecord node, IReadOnlyList<ResolvedBalancer> behind, Func<(long Balancer, long Port), CloudBackend, Task> work, CancellationToken cancellation)
    {
        var found = false;
        foreach (var balancer in behind)
        {
            if (tools.Book.FindResource(ResourceKind.Balancer, balancer.Key)?.CloudId is not { } id)
            {
                continue;
            }

            foreach (var port in await PortsAsync(id, cancellation).ConfigureAwait(false))
            {
                var addresses = balancer.Ports.Where(one => one.Port == port.Port && one.Backends.Contains(node.Key))
                    .Select(planned => CreateBalancers.BackendFor(node, planned).Address).ToHashSet(StringComparer.Ordinal);
                foreach (var backend in port.Backends.Where(one => addresses.Contains(one.Address)))
                {
                    found = true;
                    await work((id, port.Id), backend).ConfigureAwait(false);
                }
            }
        }

        return found;
    }

    // One that somebody deleted sends nothing to anybody.
    private async Task<IReadOnlyList<CloudBalancerPort>> PortsAsync(long id, CancellationToken cancellation)
    {
        try
        {
            return await tools.Cloud.GetBalancerPortsAsync(id, cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            return [];
        }
    }
}
