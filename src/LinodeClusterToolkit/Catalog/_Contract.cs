#pragma warning disable CS1591
using LinodeClusterToolkit.Diagnostics;
namespace LinodeClusterToolkit.Catalog;
public sealed record Region(string Id, string Label, string Country, IReadOnlySet<string> Capabilities, string Status, string SiteType) { public bool Has(string capability) => Capabilities.Contains(capability); }
public sealed record Price(decimal Hourly, decimal? Monthly);
public sealed record NodeType(string Id, string Label, string Class, int MemoryMb, int DiskMb, int Vcpus, int Gpus, int TransferGb, int NetworkOutMbit, Price Price, IReadOnlyDictionary<string, Price> RegionPrices, string? Successor) { public Price PriceIn(string regionId) => RegionPrices.TryGetValue(regionId, out var p) ? p : Price; }
public sealed record Image(string Id, string Label, string? Vendor, int SizeMb, bool Deprecated, bool IsPublic, string Status, IReadOnlySet<string> Capabilities) { public bool HasCloudInit => Capabilities.Contains("cloud-init"); }
public sealed record Kernel(string Id, string Label, string Version, string Architecture, bool Deprecated);
public sealed record LinodeOffer(IReadOnlyList<Region> Regions, IReadOnlyList<NodeType> Types, IReadOnlyList<Image> Images, IReadOnlyList<Kernel> Kernels, DateTimeOffset AsOf);
public sealed class LinodeCatalog(LinodeOffer offer)
{
    public LinodeOffer Offer => offer;
    public static LinodeCatalog BuiltIn => throw new NotSupportedException();
    public Match<Region> FindRegion(string text) => throw new NotSupportedException(text);
    public Match<NodeType> FindType(string text) => throw new NotSupportedException(text);
    public Match<Image> FindImage(string text) => throw new NotSupportedException(text);
    public Match<Kernel> FindKernel(string text) => throw new NotSupportedException(text);
    public Image DefaultImage => throw new NotSupportedException();
}
public abstract record Match<T> { public Problem? Problem => null; public T OrThrow() => throw new NotSupportedException(); public string? Note => null; }
