using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Api.V4;
using LinodeClusterToolkit.Changes;
using LinodeClusterToolkit.Inventory;
using LinodeClusterToolkit.Provisioning;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Finds what carries a cluster's owner tag and is not in its records, so that nothing of it is left behind.</summary>
internal static class CloudSweep
{
    /// <summary>
    /// Enters everything found into the book; a handful of list calls. What the token may not read it cannot have made: those lists are left out.
    /// </summary>
    public static async Task CollectAsync(ILinodeCloud cloud, ClusterBook book, CancellationToken cancellation)
    {
        var granted = (await cloud.GetIdentityAsync(cancellation).ConfigureAwait(false)).Scopes;
        var ours = new CloudFilter(Tag: book.Cluster.OwnerTag);
        await NodesAsync(cloud, book, ours, cancellation).ConfigureAwait(false);
        await foreach (var volume in Readable("volumes", cloud.ListVolumesAsync(ours, cancellation)).ConfigureAwait(false))
        {
            await AddAsync(book, ResourceKind.Volume, volume.Id, volume.Label, volume.Region, volume.SizeGb).ConfigureAwait(false);
        }

        await foreach (var balancer in Readable("nodebalancers", cloud.ListBalancersAsync(ours, cancellation)).ConfigureAwait(false))
        {
            await AddAsync(book, ResourceKind.Balancer, balancer.Id, balancer.Label, balancer.Region, null).ConfigureAwait(false);
        }

        await foreach (var script in Readable("stackscripts", cloud.ListOwnStackScriptsAsync(null, cancellation)).ConfigureAwait(false))
        {
            await (script.Description == book.Cluster.OwnerTag
                ? AddAsync(book, ResourceKind.StackScript, script.Id, script.Label, null, null)
                : Task.CompletedTask).ConfigureAwait(false);
        }

        await foreach (var firewall in Readable("firewall", cloud.ListFirewallsAsync(ours, cancellation)).ConfigureAwait(false))
        {
            await AddAsync(book, ResourceKind.Firewall, firewall.Id, firewall.Label, null, null).ConfigureAwait(false);
        }

        IAsyncEnumerable<T> Readable<T>(string scope, IAsyncEnumerable<T> all) =>
            Scopes.Include(granted, $"{scope}:read_only") ? all : AsyncEnumerable.Empty<T>();
    }

    private static async Task NodesAsync(ILinodeCloud cloud, ClusterBook book, CloudFilter ours, CancellationToken cancellation)
    {
        var byLabel = book.Nodes.Where(node => node.State != NodeState.Gone).ToDictionary(node => node.Label, StringComparer.Ordinal);
        await foreach (var found in cloud.ListNodesAsync(ours, cancellation).ConfigureAwait(false))
        {
            if (byLabel.TryGetValue(found.Label, out var known))
            {
                await (known.LinodeId == found.Id ? Task.CompletedTask : book.SaveNodeAsync(known with { LinodeId = found.Id })).ConfigureAwait(false);
                continue;
            }

            await book.SaveNodeAsync(
                new(book.Cluster.Id, $"{found.Region}/found/{found.Id}", found.Label, found.Region, "found", 0,
                    found.Type, found.Image ?? "", found.Label, [], NodeState.Creating)
                {
                    LinodeId = found.Id, PublicIpv4 = found.PublicIpv4, PrivateIpv4 = found.PrivateIpv4, Power = found.Status,
                }).ConfigureAwait(false);
        }
    }

    private static Task AddAsync(ClusterBook book, ResourceKind kind, long id, string label, string? region, long? size) =>
        book.Resources.Any(made => made.Kind == kind && made.CloudId == id)
            ? Task.CompletedTask
            : book.SaveResourceAsync(new(book.Cluster.Id, kind, $"found/{id}", label, id) { Region = region, Size = size });
}
