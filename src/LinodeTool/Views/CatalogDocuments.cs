using LinodeClusterToolkit.Catalog;

namespace LinodeTool.Views;

internal sealed record RegionDocument(string Id, string Label, string Country, string Status, string SiteType, IReadOnlyList<string> Capabilities)
{
    public static RegionDocument From(Region region) => new(
        region.Id, region.Label, region.Country, region.Status, region.SiteType, [.. region.Capabilities.Order(StringComparer.Ordinal)]);
}

internal sealed record TypeDocument(
    string Id, string Label, string Class, int MemoryMb, int DiskMb, int Vcpus, int Gpus, int TransferGb, decimal Hourly, decimal? Monthly,
        string? Successor)
{
    public static TypeDocument From(NodeType type) => new(
        type.Id, type.Label, type.Class, type.MemoryMb, type.DiskMb, type.Vcpus, type.Gpus, type.TransferGb,
        type.Price.Hourly, type.Price.Monthly, type.Successor);
}

internal sealed record ImageDocument(string Id, string Label, string? Vendor, int SizeMb, bool Deprecated, bool CloudInit)
{
    public static ImageDocument From(Image image) => new(image.Id, image.Label, image.Vendor, image.SizeMb, image.Deprecated, image.HasCloudInit);
}

internal sealed record KernelDocument(string Id, string Label, string Version, string Architecture, bool Deprecated)
{
    public static KernelDocument From(Kernel kernel) => new(kernel.Id, kernel.Label, kernel.Version, kernel.Architecture, kernel.Deprecated);
}
