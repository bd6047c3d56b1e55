using System.Runtime.CompilerServices;

namespace LinodeClusterToolkit.Api.V3;

/// <content>Nodes. One has neither label nor owner mark until two more calls have been made: see <see cref="V3Strays"/>.</content>
internal sealed partial class V3Cloud
{
    private const string OwnerPrefix = "lct:";

    public async Task<CloudNode> CreateNodeAsync(NodeOrder order, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        using var making = await strays.MakingAsync(order.Label, cancellation).ConfigureAwait(false);
        var made = await client.SendAsync(new CreateLinode(names.Datacenter(order.Region), names.Plan(order.Type)), cancellation).ConfigureAwait(false);
        return await DressAsync(made.LinodeId, order, isFresh: true, cancellation).ConfigureAwait(false);
    }

    public async Task<CloudNode?> ClaimStrayAsync(
        NodeOrder order, IReadOnlyList<string> types, TimeSpan? begunAgo, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        using var claim = await strays.FindAsync(
            order.Label, names.Datacenter(order.Region), [.. types.Select(names.Plan)], begunAgo, cancellation).ConfigureAwait(false);
        return claim.Node is { } id ? await DressAsync(id, order, isFresh: false, cancellation).ConfigureAwait(false) : null;
    }

    public async IAsyncEnumerable<CloudNode> ListNodesAsync(CloudFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var fitting = (await client.SendAsync(new ListLinodes(), cancellation).ConfigureAwait(false))
            .Where(row => (filter.Label is null || row.Label == filter.Label) && (filter.Tag is null || row.DisplayGroup == filter.Tag)).ToList();
        foreach (var node in await NodesAsync(fitting, cancellation).ConfigureAwait(false))
        {
            yield return node;
        }
    }

    public async Task<CloudNode?> FindNodeAsync(long id, CancellationToken cancellation)
    {
        try
        {
            var rows = await client.SendAsync(new ListLinodes(id), cancellation).ConfigureAwait(false);
            return (await NodesAsync([.. rows.Where(row => row.LinodeId == id)], cancellation).ConfigureAwait(false)).FirstOrDefault();
        }
        catch (LinodeApiException gone) when (gone.Failure == ApiFailure.NotFound)
        {
            return null;
        }
    }

    public Task BootNodeAsync(long id, long? configId, CancellationToken cancellation) =>
        power.AskAsync(new BootLinode(id, configId), id, "linode_boot", cancellation);

    public Task ShutDownNodeAsync(long id, CancellationToken cancellation) =>
        power.AskAsync(new ShutDownLinode(id), id, "linode_shutdown", cancellation);

    public Task RebootNodeAsync(long id, CancellationToken cancellation) =>
        power.AskAsync(new RebootLinode(id), id, "linode_reboot", cancellation);

    public Task SetWatchdogAsync(long id, bool on, CancellationToken cancellation) =>
        client.SendAsync(new UpdateLinode(id, new(Watchdog: on)), cancellation);

    // A node has one group: an owner mark takes the place of whatever was there.
    public Task TagNodeAsync(long id, string tag, CancellationToken cancellation) =>
        client.SendAsync(new UpdateLinode(id, new(DisplayGroup: tag)), cancellation);

    public Task<bool> DeleteNodeAsync(long id, CancellationToken cancellation) =>
        IsDeletedAsync(client.SendAsync(new DeleteLinode(id, SkipChecks: true), cancellation));

    // Label and mark come last: a node that has them lacks nothing.
    private async Task<CloudNode> DressAsync(long id, NodeOrder order, bool isFresh, CancellationToken cancellation)
    {
        try
        {
            if (order.PrivateIp && (isFresh || !await HasPrivateIpAsync(id, cancellation).ConfigureAwait(false)))
            {
                await client.SendAsync(new AddPrivateIp(id), cancellation).ConfigureAwait(false);
            }

            var owner = OwnerIn(order.Tags);
            await client.SendAsync(new UpdateLinode(id, new(order.Label, owner)), cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException refused) when (refused.Failure is ApiFailure.LabelTaken or ApiFailure.Refused)
        {
            await DeleteNodeAsync(id, CancellationToken.None).ConfigureAwait(false); // or it would stand there without a name
            throw;
        }

        strays.Forget(order.Label);
        return await FindNodeAsync(id, cancellation).ConfigureAwait(false)
            ?? throw new LinodeApiException(ApiFailure.NotFound, V3Problems.Vanished(order.Label));
    }

    private async Task<bool> HasPrivateIpAsync(long id, CancellationToken cancellation) =>
        (await client.SendAsync(new ListIps(id), cancellation).ConfigureAwait(false)).Any(ip => ip.IsPublic == false);

    private async Task<IReadOnlyList<CloudNode>> NodesAsync(IReadOnlyList<LinodeReply> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var addresses = client.SendAsync(new ListIps(rows.Count == 1 ? rows[0].LinodeId : null), cancellation);
        var states = power.StatesAsync(rows, cancellation);
        var byNode = (await addresses.ConfigureAwait(false)).ToLookup(ip => ip.LinodeId);
        var words = await states.ConfigureAwait(false);
        return
        [
            .. rows.Select(row => new CloudNode(
                row.LinodeId, row.Label, names.Region(row.DatacenterId), names.Type(row.PlanId), null, words[row.LinodeId],
                byNode[row.LinodeId].FirstOrDefault(ip => ip.IsPublic == true)?.IpAddress,
                byNode[row.LinodeId].FirstOrDefault(ip => ip.IsPublic == false)?.IpAddress,
                null, row.DisplayGroup.Length > 0 ? [row.DisplayGroup] : [])
            {
                Ipv4 = [.. byNode[row.LinodeId].Select(ip => ip.IpAddress)], IsWatched = row.Watchdog,
            }),
        ];
    }
}
