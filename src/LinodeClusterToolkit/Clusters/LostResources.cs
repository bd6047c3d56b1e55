using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What nodes that are to be made need beside them, and somebody deleted: its record is dropped, so that it is made anew.</summary>
internal sealed class LostResources(ILinodeCloud cloud, ClusterBook book)
{
    private readonly List<string> steps = [];

    /// <summary>Names of the steps that are to be done again.</summary>
    public IReadOnlyList<string> Steps => steps;

    public async Task ForgetFirewallAsync(CancellationToken cancellation)
    {
        if (book.Cluster.FirewallId is { } firewall && await IsGoneAsync(firewall, cancellation).ConfigureAwait(false))
        {
            await DropAsync(ResourceKind.Firewall, made => made.CloudId == firewall).ConfigureAwait(false);
            await book.SaveClusterAsync(book.Cluster with { FirewallId = null }).ConfigureAwait(false);
            steps.Add(CreateFirewall.NameFor(book.Cluster));
        }
    }

    /// <summary>Balancers that get new nodes behind them, and scripts that new nodes begin with.</summary>
    public async Task ForgetRestAsync(ChangeSet changes, CancellationToken cancellation)
    {
        if (changes.KeptBalancers.Count > 0)
        {
            var all = cloud.ListBalancersAsync(new CloudFilter(), cancellation).Select(one => one.Id);
            var standing = await all.ToHashSetAsync(cancellationToken: cancellation).ConfigureAwait(false);
            foreach (var balancer in changes.KeptBalancers)
            {
                var gone = await DropAsync(
                    ResourceKind.Balancer, made => made.Key == balancer.Key && !standing.Contains(made.CloudId ?? 0)).ConfigureAwait(false);
                steps.AddRange(gone.Select(_ => CreateBalancers.NameFor(balancer)));
            }
        }

        if (changes.AddedNodes.Any(node => changes.RidersOf(node).ScriptFor(node) is not null))
        {
            var all = cloud.ListOwnStackScriptsAsync(null, cancellation).Select(one => one.Id);
            var standing = await all.ToHashSetAsync(cancellationToken: cancellation).ConfigureAwait(false);
            var gone = await DropAsync(ResourceKind.StackScript, made => !standing.Contains(made.CloudId ?? 0)).ConfigureAwait(false);
            steps.AddRange(gone.Select(made => CreateBootScript.NameFor(made.Key)));
        }
    }

    private async Task<bool> IsGoneAsync(long firewall, CancellationToken cancellation)
    {
        try
        {
            _ = await cloud.ListGuardedNodesAsync(firewall, cancellation).AnyAsync(cancellation).ConfigureAwait(false);
            return false;
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            return true;
        }
    }

    private async Task<IReadOnlyList<ResourceRecord>> DropAsync(ResourceKind kind, Func<ResourceRecord, bool> which)
    {
        ResourceRecord[] gone = [.. book.Resources.Where(made => made.Kind == kind && which(made))];
        foreach (var made in gone)
        {
            await book.RemoveResourceAsync(made).ConfigureAwait(false);
        }

        return gone;
    }
}
