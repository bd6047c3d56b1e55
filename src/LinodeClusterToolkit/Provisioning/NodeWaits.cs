using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Inventory;

namespace LinodeClusterToolkit.Provisioning;

/// <summary>
/// Waits for what the cloud does with a node: by its events where we have all of them, since one request then serves every wait;
/// by its status, in a list all such nodes share, where its events may be older than our watch.
/// </summary>
internal static class NodeWaits
{
    /// <summary>Whether all of its events can be waited for: this process created it, or the watch saw another do so.</summary>
    public static async Task<bool> IsWatchedAsync(ProvisioningTools tools, NodeRecord node, string stage, CancellationToken cancellation) =>
        tools.IsFresh(node.Key) || (node.LinodeId is { } id && await OnceOnly.WithinAsync(
            tools.Patience, node.Label, stage, cancellation, token => tools.Cloud.Events.CoversAsync(id, token)).ConfigureAwait(false));

    /// <summary>Until the create itself is over: the node is off and free for other work.</summary>
    public static async Task CreatedAsync(ProvisioningTools tools, NodeRecord node, CancellationToken cancellation)
    {
        if (await IsWatchedAsync(tools, node, "provisioning", cancellation).ConfigureAwait(false))
        {
            await EventAsync(tools, node, "linode_create", "provisioning", cancellation).ConfigureAwait(false);
            return;
        }

        await StatusAsync(tools, node, "provisioning", status => status is not ("provisioning" or "busy"), cancellation).ConfigureAwait(false);
    }

    /// <summary>Until the boot is over that was asked for by this call's own step, or by the create of a node that is watched.</summary>
    public static Task BootedAsync(ProvisioningTools tools, NodeRecord node, CancellationToken cancellation) =>
        EventAsync(tools, node, "linode_boot", "booting", cancellation);

    /// <summary>Until the node runs, whatever happened to it before; boots it once more where it stays off.</summary>
    public static async Task BringUpAsync(ProvisioningTools tools, NodeRecord node, long? configId, CancellationToken cancellation)
    {
        var id = node.LinodeId!.Value;
        var stands = await FoundAsync(tools, node, "booting", cancellation).ConfigureAwait(false)
            ?? throw ProvisioningProblems.Vanished(node.Label).As(ApiFailure.NotFound);
        if (stands.Status == "running")
        {
            return;
        }

        await BootAsync(tools, node, id, configId, cancellation).ConfigureAwait(false);
        stands = await StatusAsync(tools, node, "booting", status => status is "running" or "offline", cancellation).ConfigureAwait(false);
        if (stands.Status != "running")
        {
            throw ProvisioningProblems.DidNotBoot(node.Label).As(ApiFailure.JobFailed);
        }
    }

    /// <summary>The node once the cloud is not at work on its power; null where it is gone.</summary>
    public static Task<CloudNode?> SettledAsync(ProvisioningTools tools, NodeRecord node, string stage, CancellationToken cancellation) =>
        OnceOnly.WithinAsync(tools.Patience, node.Label, stage, cancellation, token => tools.Nodes.WaitAsync(
            node.LinodeId!.Value, found => found is null || found.Status is "running" or "offline", token));

    /// <summary>The same for a node that is to be worked on: one that lost its owner tag is in no list and no less ours; it gets it back.</summary>
    public static async Task<CloudNode?> FoundAsync(ProvisioningTools tools, NodeRecord node, string stage, CancellationToken cancellation)
    {
        var (id, found) = (node.LinodeId!.Value, await SettledAsync(tools, node, stage, cancellation).ConfigureAwait(false));
        if (found is not null || await tools.Cloud.FindNodeAsync(id, cancellation).ConfigureAwait(false) is null)
        {
            return found;
        }

        await tools.Cloud.TagNodeAsync(id, tools.Book.Cluster.OwnerTag, cancellation).ConfigureAwait(false);
        return await SettledAsync(tools, node, stage, cancellation).ConfigureAwait(false);
    }

    /// <summary>The node once it is off; null where it is gone.</summary>
    public static Task<CloudNode?> OffAsync(ProvisioningTools tools, NodeRecord node, CancellationToken cancellation) =>
        OnceOnly.WithinAsync(tools.Patience, node.Label, "shutting down", cancellation, token => tools.Nodes.WaitAsync(
            node.LinodeId!.Value, found => found is null || found.Status == "offline", token));

    /// <summary>Asks for a boot as soon as the node is free for it.</summary>
    public static Task BootAsync(ProvisioningTools tools, NodeRecord node, long nodeId, long? configId, CancellationToken cancellation) =>
        OnceOnly.WhenIdleAsync(tools, node.Label, nodeId, async token =>
        {
            await tools.Cloud.BootNodeAsync(nodeId, configId, token).ConfigureAwait(false);
            return nodeId;
        }, cancellation);

    private static Task<CloudEvent> EventAsync(
        ProvisioningTools tools, NodeRecord node, string action, string stage, CancellationToken cancellation) =>
        OnceOnly.WithinAsync(
            tools.Patience, node.Label, stage, cancellation,
            token => tools.Cloud.Events.WaitAsync(tools.Book.Node(node.Key).LinodeId!.Value, action, null, token));

    private static Task<CloudNode> StatusAsync(
        ProvisioningTools tools, NodeRecord node, string stage, Func<string, bool> until, CancellationToken cancellation)
    {
        var id = tools.Book.Node(node.Key).LinodeId!.Value;
        return OnceOnly.WithinAsync(tools.Patience, node.Label, stage, cancellation, async token =>
            await tools.Nodes.WaitAsync(id, found => found is null || until(found.Status), token).ConfigureAwait(false)
            ?? throw ProvisioningProblems.Vanished(node.Label).As(ApiFailure.NotFound));
    }
}
