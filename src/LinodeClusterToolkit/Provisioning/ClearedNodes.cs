using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>What it takes to begin with a node anew: its record forgets the inside, and its volumes, which outlive it, are set free.</summary>
internal static class ClearedNodes
{
    /// <summary>The record with nothing of the node's inside; what dies with its disks is taken off the book. Not saved yet.</summary>
    public static async Task<NodeRecord> BlankAsync(ClusterBook book, NodeRecord node)
    {
        foreach (var made in book.Resources.Where(made => made.NodeKey == node.Key && made.Kind is ResourceKind.Disk or ResourceKind.Config))
        {
            await book.RemoveResourceAsync(made).ConfigureAwait(false);
        }

        return node with
        {
            Boot = BootState.Unknown, Configuration = ConfigurationState.None, Stage = NodeStage.None, HostKeys = [],
            HostKeyOrigin = HostKeyOrigin.Unknown, Failure = null, Created = default,
        };
    }

    /// <summary>The same of a node that is no more: it is planned again, and has nothing in the cloud but its volumes.</summary>
    public static async Task ForgetAsync(ClusterBook book, NodeRecord node) =>
        await book.SaveNodeAsync(await BlankAsync(book, node).ConfigureAwait(false) with
        {
            State = NodeState.Planned, LinodeId = null, PublicIpv4 = null, PrivateIpv4 = null, Ipv6 = null, Power = "unknown",
        }).ConfigureAwait(false);

    /// <summary>Detaches the node's volumes and waits until they are free; one that is gone is forgotten.</summary>
    public static async Task FreeVolumesAsync(ProvisioningTools tools, NodeRecord node, long nodeId, CancellationToken cancellation)
    {
        var volumes = tools.Book.Resources.Where(made => made is { Kind: ResourceKind.Volume, CloudId: not null } && made.NodeKey == node.Key).ToList();
        foreach (var volume in volumes)
        {
            var id = volume.CloudId!.Value;
            var stands = await WhereAsync(tools, volume, _ => true, cancellation).ConfigureAwait(false);
            if (stands?.NodeId == nodeId)
            {
                await OnceOnly.WhenIdleAsync(tools, node.Label, nodeId, async token =>
                {
                    await DetachAsync(tools, id, token).ConfigureAwait(false);
                    return id;
                }, cancellation).ConfigureAwait(false);
                stands = await WhereAsync(tools, volume, found => found is null || found.NodeId != nodeId, cancellation).ConfigureAwait(false);
            }

            if (stands is null)
            {
                await tools.Book.RemoveResourceAsync(volume).ConfigureAwait(false);
            }
        }
    }

    // It may be on its way already, or gone.
    private static async Task DetachAsync(ProvisioningTools tools, long id, CancellationToken cancellation)
    {
        try
        {
            await tools.Cloud.DetachVolumeAsync(id, cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException free) when (free.Failure is ApiFailure.NotFound)
        {
        }
    }

    private static Task<CloudVolume?> WhereAsync(
        ProvisioningTools tools, ResourceRecord volume, Func<CloudVolume?, bool> until, CancellationToken cancellation) =>
        OnceOnly.WithinAsync(
            tools.Patience, $"volume {volume.Label}", "being detached", cancellation,
            token => tools.Volumes.WaitAsync(volume.CloudId!.Value, until, token));
}
