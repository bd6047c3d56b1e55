using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Plans;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Opens, changes and closes ports of balancers that stand; ports that are as they should be are left alone.</summary>
internal sealed class EditBalancers(ProvisioningTools tools) : IGraphPart
{
    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from balancer in changes.KeptBalancers
        where changes.EditsBy(ChangeRules.BalancerPort).Any(edit => edit.Change.Key == balancer.Key)
        select new TaskStep(NameFor(balancer), (step, token) => MatchAsync(balancer, step, token))
        {
            Before = [MatchBackends.NameFor(balancer)],
            Subject = new StepSubject(balancer.Region, balancer.Name, null),
            Cost = new([nameof(LimitClass.List), nameof(LimitClass.Other)], 0),
            Doing = "changing the ports",
        };

    internal static string NameFor(ResolvedBalancer balancer) => $"ports of {balancer.Key}";

    private async Task MatchAsync(ResolvedBalancer balancer, StepContext step, CancellationToken cancellation)
    {
        if (step.StartedBefore)
        {
            await Task.Delay(OnceOnly.Landing(step), tools.Time, cancellation).ConfigureAwait(false);
        }

        var id = tools.Book.FindResource(ResourceKind.Balancer, balancer.Key)!.CloudId!.Value;
        var standing = await tools.Cloud.GetBalancerPortsAsync(id, cancellation).ConfigureAwait(false);
        foreach (var port in standing.Where(one => balancer.Ports.All(planned => planned.Port != one.Port)))
        {
            await tools.Cloud.DeleteBalancerPortAsync(id, port.Id, cancellation).ConfigureAwait(false);
        }

        foreach (var planned in balancer.Ports)
        {
            if (standing.FirstOrDefault(one => one.Port == planned.Port) is not { } port)
            {
                // Its back ends come with the next step, as those of any port; the cloud takes none without.
                var order = CreateBalancers.OrderFor(planned, tools.Book.FindNode);
                await tools.Cloud.CreateBalancerPortAsync(id, order, cancellation).ConfigureAwait(false);
            }
            else if (!IsSame(planned, port))
            {
                await tools.Cloud.UpdateBalancerPortAsync(id, port.Id, CreateBalancers.OrderFor(planned, _ => null), cancellation).ConfigureAwait(false);
            }
        }
    }

    private static bool IsSame(BalancerPort planned, CloudBalancerPort port) =>
        port.Protocol == planned.Protocol && port.Algorithm == planned.Algorithm && port.Stickiness == planned.Stickiness
        && port.Check == planned.Check.Kind && port.CheckInterval == planned.Check.IntervalSeconds && port.CheckTimeout == planned.Check.TimeoutSeconds
        && port.CheckAttempts == planned.Check.Attempts
        && (planned.Check.Path is null || port.CheckPath == planned.Check.Path) && (planned.Check.Body is null || port.CheckBody == planned.Check.Body);
}
