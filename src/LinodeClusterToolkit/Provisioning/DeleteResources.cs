using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.Http;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Tasks;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>Deletes balancers first, volumes once their nodes are gone, and the firewall last: no node is ever without it.</summary>
internal sealed class DeleteResources(ProvisioningTools tools) : IGraphPart
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public IEnumerable<TaskStep> StepsFor(ChangeSet changes) =>
        from made in changes.RemovedResources
        select new TaskStep(NameFor(made), (_, token) => DeleteAsync(made, token))
        {
            After = made.Kind == ResourceKind.Balancer ? []
                : [Milestone.NodesGone, .. changes.EditsBy(ChangeRules.VolumeRemoved).Where(edit => edit.Change.Key == made.Key).Select(edit => Milestone.Taken(made.Key))],
            Subject = new StepSubject(made.Region, null, null),
            Cost = new([nameof(LimitClass.Other)], 0),
            Doing = $"deleting {made.Kind.ToString().ToLowerInvariant()} {made.Label}",
        };

    // By key, which is unique among the records; a label found in the account may be that of a record whose own thing is gone.
    internal static string NameFor(ResourceRecord made) => $"delete {made.Kind.ToString().ToLowerInvariant()} {made.Key}";

    private async Task DeleteAsync(ResourceRecord made, CancellationToken cancellation)
    {
        if (made.CloudId is { } id)
        {
            await OnceOnly.WithinAsync(tools.Patience, $"{made.Kind} {made.Label}", "in use", cancellation, async token =>
            {
                while (!await TryDeleteAsync(made.Kind, id, token).ConfigureAwait(false))
                {
                    await Task.Delay(Pause, tools.Time, token).ConfigureAwait(false);
                }

                return id;
            }).ConfigureAwait(false);
        }

        await tools.Book.RemoveResourceAsync(made).ConfigureAwait(false);
    }

    // The cloud lets go of a deleted node's volumes a while after the delete is answered, and says busy until then.
    private async Task<bool> TryDeleteAsync(ResourceKind kind, long id, CancellationToken cancellation)
    {
        try
        {
            _ = kind switch
            {
                ResourceKind.Balancer => await tools.Cloud.DeleteBalancerAsync(id, cancellation).ConfigureAwait(false),
                ResourceKind.Firewall => await tools.Cloud.DeleteFirewallAsync(id, cancellation).ConfigureAwait(false),
                ResourceKind.StackScript => await tools.Cloud.DeleteStackScriptAsync(id, cancellation).ConfigureAwait(false),
                _ => await tools.Cloud.DeleteVolumeAsync(id, cancellation).ConfigureAwait(false),
            };
            return true;
        }
        catch (LinodeApiException busy) when (busy.Failure == ApiFailure.Busy)
        {
            return false;
        }
    }
}
