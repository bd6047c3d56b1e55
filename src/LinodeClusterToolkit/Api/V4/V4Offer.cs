using System.Collections.Frozen;
using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Api.V4;

/// <summary>The catalogue from four lists, asked for side by side; without a token too, then without private images.</summary>
internal static class V4Offer
{
    public static async Task<LinodeOffer> GetAsync(LinodeV4Client client, CancellationToken cancellation)
    {
        var asOf = client.Time.GetUtcNow();
        var regions = AllAsync(client, new ListRegions(), ToRegion, cancellation);
        var types = AllAsync(client, new ListTypes(), ToType, cancellation);
        var images = AllAsync(client, new ListImages(), ToImage, cancellation);
        var kernels = AllAsync(client, new ListKernels(), ToKernel, cancellation);
        await Task.WhenAll(regions, types, images, kernels).ConfigureAwait(false);
        return new(await regions.ConfigureAwait(false), await types.ConfigureAwait(false), await images.ConfigureAwait(false),
            await kernels.ConfigureAwait(false), asOf);
    }

    private static async Task<IReadOnlyList<TEntry>> AllAsync<TReply, TEntry>(
        LinodeV4Client client, V4List<TReply> list, Func<TReply, TEntry> map, CancellationToken cancellation) =>
        await client.ListAsync(list, cancellation).Select(map).ToListAsync(cancellation).ConfigureAwait(false);

    private static Region ToRegion(RegionReply reply) =>
        new(reply.Id, reply.Label, reply.Country, Set(reply.Capabilities), reply.Status ?? "ok", reply.SiteType ?? "core");

    private static NodeType ToType(TypeReply reply) => new(
        reply.Id, reply.Label, reply.Class, reply.Memory, reply.Disk, reply.Vcpus, reply.Gpus, reply.Transfer, reply.NetworkOut,
        new(reply.Price?.Hourly ?? 0, reply.Price?.Monthly),
        PricesOf(reply.RegionPrices), reply.Successor)
    {
        Backups = reply.Addons?.Backups?.Price is { Hourly: { } hourly } price ? new(hourly, price.Monthly) : null,
        BackupRegionPrices = PricesOf(reply.Addons?.Backups?.RegionPrices),
    };

    private static FrozenDictionary<string, Price> PricesOf(IReadOnlyList<RegionPriceReply>? replies) =>
        (replies ?? []).Where(price => price.Hourly is not null)
            .ToFrozenDictionary(price => price.Id, price => new Price(price.Hourly!.Value, price.Monthly), StringComparer.Ordinal);

    private static Image ToImage(ImageReply reply) => new(
        reply.Id, reply.Label, reply.Vendor, reply.Size, reply.Deprecated, reply.IsPublic, reply.Status ?? "available", Set(reply.Capabilities))
    {
        Tags = reply.IsPublic ? [] : reply.Tags ?? [],
    };

    private static Kernel ToKernel(KernelReply reply) => new(reply.Id, reply.Label, reply.Version ?? "", reply.Architecture ?? "", reply.Deprecated);

    private static FrozenSet<string> Set(IReadOnlyList<string>? words) => (words ?? []).ToFrozenSet(StringComparer.Ordinal);
}
