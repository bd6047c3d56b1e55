using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace LinodeClusterToolkit.Api.V3;

/// <content>Balancers. One gets its label when its ports and back ends are all there: what is called <c>lct-new-…</c> is half made.</content>
internal sealed partial class V3Cloud
{
    public async Task<CloudBalancer> CreateBalancerAsync(BalancerOrder order, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var owner = OwnerIn(order.Tags);
        var label = V3Marks.Mark(order.Label, owner);
        var unfinished = V3Marks.Mark($"lct-new-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(label)))[..12]}", owner);
        foreach (var half in (await client.SendAsync(new ListBalancers(), cancellation).ConfigureAwait(false)).Where(one => one.Label == unfinished))
        {
            await DeleteBalancerAsync(half.NodeBalancerId, cancellation).ConfigureAwait(false);
        }

        var id = (await client.SendAsync(new CreateBalancer(names.Datacenter(order.Region), unfinished), cancellation).ConfigureAwait(false))
            .NodeBalancerId;
        await Task.WhenAll(order.Ports.Select(port => OpenAsync(id, port, cancellation))).ConfigureAwait(false);
        try
        {
            await client.SendAsync(new UpdateBalancer(id, label), cancellation).ConfigureAwait(false);
        }
        catch (LinodeApiException refused) when (refused.Failure is ApiFailure.LabelTaken or ApiFailure.Refused)
        {
            await DeleteBalancerAsync(id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return (await BalancersAsync(new CloudFilter(Label: order.Label) { Owner = owner }, id, cancellation).ConfigureAwait(false))
            .FirstOrDefault(one => one.Id == id) ?? throw new LinodeApiException(ApiFailure.NotFound, V3Problems.Vanished(order.Label));
    }

    public async IAsyncEnumerable<CloudBalancer> ListBalancersAsync(CloudFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var balancer in await BalancersAsync(filter, null, cancellation).ConfigureAwait(false))
        {
            yield return balancer;
        }
    }

    public async Task<IReadOnlyList<CloudBalancerPort>> GetBalancerPortsAsync(long balancerId, CancellationToken cancellation)
    {
        var configs = await client.SendAsync(new ListBalancerConfigs(balancerId), cancellation).ConfigureAwait(false);
        return await Task.WhenAll(configs.Select(async config => new CloudBalancerPort(
            config.ConfigId, config.Port ?? 0, config.Protocol,
            [
                .. (await client.SendAsync(new ListBalancerNodes(config.ConfigId), cancellation).ConfigureAwait(false))
                    .Select(node => new CloudBackend(node.NodeId, node.Label, node.Address, node.Status) { Mode = node.Mode, Weight = node.Weight }),
            ])
        {
            Algorithm = config.Algorithm, Stickiness = config.Stickiness, Check = config.Check, CheckPath = config.CheckPath,
            CheckBody = config.CheckBody, CheckInterval = config.CheckInterval, CheckTimeout = config.CheckTimeout,
            CheckAttempts = config.CheckAttempts,
        })).ConfigureAwait(false);
    }

    public Task AddBackendAsync(long balancerId, long portId, BackendOrder order, CancellationToken cancellation) =>
        client.SendAsync(new CreateBalancerNode(portId, new(order.Label, order.Address)), cancellation);

    public Task<bool> RemoveBackendAsync(long balancerId, long portId, long backendId, CancellationToken cancellation) =>
        IsDeletedAsync(client.SendAsync(new DeleteBalancerNode(backendId), cancellation));

    public Task<bool> DeleteBalancerAsync(long balancerId, CancellationToken cancellation) =>
        IsDeletedAsync(client.SendAsync(new DeleteBalancer(balancerId), cancellation));

    private async Task<long> OpenAsync(long balancer, BalancerPortOrder port, CancellationToken cancellation)
    {
        var config = await client.SendAsync(new CreateBalancerConfig(balancer, BodyOf(port)), cancellation).ConfigureAwait(false);
        await Task.WhenAll(port.Backends.Select(end =>
            client.SendAsync(new CreateBalancerNode(config.ConfigId, new(end.Label, end.Address)), cancellation))).ConfigureAwait(false);
        return config.ConfigId;
    }

    private static BalancerConfigBody BodyOf(BalancerPortOrder port) => new(
        port.Port, port.Protocol, port.Algorithm, port.Stickiness, port.Check, port.CheckPath, port.CheckBody, port.CheckInterval, port.CheckTimeout,
        port.CheckAttempts);

    private async Task<IReadOnlyList<CloudBalancer>> BalancersAsync(CloudFilter filter, long? only, CancellationToken cancellation)
    {
        var names = await catalogue.NamesAsync(cancellation).ConfigureAwait(false);
        var rows = await client.SendAsync(new ListBalancers(only), cancellation).ConfigureAwait(false);
        return
        [
            .. from row in rows
               let tags = Fits(row.Label, filter)
               where tags is not null
               select new CloudBalancer(
                   row.NodeBalancerId, V3Marks.Read(row.Label, null).Label, names.Region(row.DatacenterId), Given(row.Address4),
                   Given(row.HostName), tags),
        ];
    }

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
