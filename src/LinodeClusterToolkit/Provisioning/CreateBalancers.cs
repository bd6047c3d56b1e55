using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Creates each balancer with all its ports and back ends in one call, once the addresses behind it are known.</summary>
internal sealed class CreateBalancers(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from balancer in changes.AddedBalancers
        select new TaskStep(NameFor(balancer), (step, token) => EnsureAsync(balancer, step, token))
        {
            After = [.. AddressesBehind(balancer, changes)],
            Before = [Milestone.Region(balancer.Region)],
            Subject = new StepSubject(balancer.Region, balancer.Name, null),
            Cost = new([nameof(LimitClass.Other)], 0),
            Doing = "creating the balancer",
        };

    internal static string NameFor(ResolvedBalancer balancer) => $"balancer {balancer.Key}";

    private async Task EnsureAsync(ResolvedBalancer balancer, StepContext step, CancellationToken cancellation)
    {
        var cluster = tools.Book.Cluster;
        var order = new BalancerOrder(balancer.Label, balancer.Region, [cluster.OwnerTag], null, [.. balancer.Ports.Select(port => OrderFor(port, tools.Book.FindNode))]);
        var made = await OnceOnly.EnsureAsync(
            step.StartedBefore,
            () => OnceOnly.FirstAsync(tools.Cloud.ListBalancersAsync(new CloudFilter(Label: balancer.Label) { Owner = cluster.OwnerTag }, cancellation)),
            () => tools.Cloud.CreateBalancerAsync(order, cancellation),
            found => OnceOnly.WhyNotOurs(found.Tags, cluster.OwnerTag, ("region", balancer.Region, found.Region)),
            "a balancer",
            balancer.Label).ConfigureAwait(false);
        if (step.StartedBefore)
        {
            // One that an earlier try made may have been made for addresses that are no more.
            await MatchBackends.MatchAsync(tools, balancer, made.Id, new HashSet<string>(), cancellation).ConfigureAwait(false);
        }

        await tools.Book.SaveResourceAsync(new(cluster.Id, ResourceKind.Balancer, balancer.Key, balancer.Label, made.Id)
        {
            Region = balancer.Region, Address = made.Ipv4,
        }).ConfigureAwait(false);
    }

    /// <summary>A port to be, with those of its back ends that have addresses by now.</summary>
    internal static BalancerPortOrder OrderFor(BalancerPort port, Func<string, NodeRecord?> find) => new(
        port.Port, port.Protocol, port.Algorithm, port.Stickiness,
        port.Check.Kind, port.Check.Path, port.Check.Body, port.Check.IntervalSeconds, port.Check.TimeoutSeconds, port.Check.Attempts,
        [.. port.Backends.Select(find).OfType<NodeRecord>().Where(node => node.PrivateIpv4 is not null).Select(node => BackendFor(node, port))]);

    /// <summary>What makes the addresses behind it known.</summary>
    internal static IEnumerable<string> AddressesBehind(ResolvedBalancer balancer, ChangeSet changes)
    {
        var keys = balancer.Ports.SelectMany(port => port.Backends).ToHashSet(StringComparer.Ordinal);
        return changes.AddedNodes.Where(node => keys.Contains(node.Key) && changes.TurnOf(node.Key) is not { Kind: TurnKind.Rebuild })
            .Select(node => changes.TurnOf(node.Key) is null ? Milestone.Exists(node.Label) : Milestone.Started(node.Label))
            .Concat(changes.Turns.Where(turn => turn.GetsPrivateIp && keys.Contains(turn.Node.Key)).Select(turn => Milestone.TurnEnded(turn.Node.Label)))
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>A node as a back end of a port.</summary>
    internal static BackendOrder BackendFor(NodeRecord node, BalancerPort port) =>
        new(BackendLabel(node.Label), $"{node.PrivateIpv4}:{port.BackendPort}");

    // Display text of at most 32 characters; the end of a node's label is what tells nodes apart.
    private static string BackendLabel(string label) => label.Length <= 32 ? label : label[^32..].TrimStart('-', '_', '.');
}
