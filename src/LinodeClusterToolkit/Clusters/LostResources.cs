using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>What nodes that are to be made need beside them, and somebody deleted: its record is dropped, so that it is made anew and not asked for again.</summary>
internal static class LostResources
{
    /// <summary>Names of the steps that are to be done again.</summary>
    public static async Task<IReadOnlyList<string>> ForgetAsync(ILinodeCloud cloud, ClusterBook book, ChangeSet changes, CancellationToken cancellation)
    {
        var again = new List<string>();
        if (changes.AddedNodes.Count == 0)
        {
            return again;
        }

        if (book.Cluster.FirewallId is { } firewall && await IsGoneAsync(cloud, firewall, cancellation).ConfigureAwait(false))
        {
            await DropAsync(book, ResourceKind.Firewall, made => made.CloudId == firewall).ConfigureAwait(false);
            await book.SaveClusterAsync(book.Cluster with { FirewallId = null }).ConfigureAwait(false);
            again.Add(CreateFirewall.NameFor(book.Cluster));
        }

        if (changes.KeptBalancers.Count > 0)
        {
            var standing = await cloud.ListBalancersAsync(new CloudFilter(), cancellation).Select(one => one.Id).ToHashSetAsync(cancellationToken: cancellation)
                .ConfigureAwait(false);
            foreach (var balancer in changes.KeptBalancers)
            {
                var dropped = await DropAsync(
                    book, ResourceKind.Balancer, made => made.Key == balancer.Key && !standing.Contains(made.CloudId ?? 0)).ConfigureAwait(false);
                again.AddRange(dropped.Select(_ => CreateBalancers.NameFor(balancer)));
            }
        }

        if (changes.AddedNodes.Any(node => changes.RidersOf(node).ScriptFor(node) is not null))
        {
            var standing = await cloud.ListOwnStackScriptsAsync(null, cancellation).Select(one => one.Id).ToHashSetAsync(cancellationToken: cancellation)
                .ConfigureAwait(false);
            var dropped = await DropAsync(book, ResourceKind.StackScript, made => !standing.Contains(made.CloudId ?? 0)).ConfigureAwait(false);
            again.AddRange(dropped.Select(made => CreateBootScript.NameFor(made.Key)));
        }

        return again;
    }

    private static async Task<bool> IsGoneAsync(ILinodeCloud cloud, long firewall, CancellationToken cancellation)
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

    private static async Task<IReadOnlyList<ResourceRecord>> DropAsync(ClusterBook book, ResourceKind kind, Func<ResourceRecord, bool> which)
    {
        ResourceRecord[] gone = [.. book.Resources.Where(made => made.Kind == kind && which(made))];
        foreach (var made in gone)
        {
            await book.RemoveResourceAsync(made).ConfigureAwait(false);
        }

        return gone;
    }
}
