using LinodeTool.Output;

namespace LinodeTool.Views;

internal static class CatalogView
{
    public static Shape<RegionDocument> Regions => new(ToolJson.Default.RegionDocument, region => region.Id,
    [
        new("id", region => region.Id),
        new("label", region => region.Label),
        new("country", region => region.Country),
        new("status", region => region.Status),
        new("site_type", region => region.SiteType) { Wide = true },
        new("capabilities", region => string.Join(", ", region.Capabilities)) { Wide = true },
    ]);

    public static Shape<TypeDocument> Types => new(ToolJson.Default.TypeDocument, type => type.Id,
    [
        new("id", type => type.Id),
        new("label", type => type.Label),
        new("class", type => type.Class),
        new("memory", type => $"{type.MemoryMb} MB") { Right = true },
        new("vcpus", type => $"{type.Vcpus}") { Right = true },
        new("disk", type => $"{type.DiskMb / 1024} GB") { Right = true },
        new("hourly", type => Say.Hourly(type.Hourly)) { Right = true },
        new("monthly", type => type.Monthly is { } monthly ? Say.Money(monthly) : null) { Right = true },
        new("gpus", type => $"{type.Gpus}") { Wide = true, Right = true },
        new("transfer", type => $"{type.TransferGb} GB") { Wide = true, Right = true },
        new("successor", type => type.Successor) { Wide = true },
    ]);

    public static Shape<ImageDocument> Images => new(ToolJson.Default.ImageDocument, image => image.Id,
    [
        new("id", image => image.Id),
        new("label", image => image.Label),
        new("vendor", image => image.Vendor),
        new("size", image => $"{image.SizeMb} MB") { Right = true },
        new("cloud_init", image => image.CloudInit ? "yes" : "no"),
        new("deprecated", image => image.Deprecated ? "deprecated" : ""),
    ]);

    public static Shape<KernelDocument> Kernels => new(ToolJson.Default.KernelDocument, kernel => kernel.Id,
    [
        new("id", kernel => kernel.Id),
        new("label", kernel => kernel.Label),
        new("version", kernel => kernel.Version),
        new("architecture", kernel => kernel.Architecture),
        new("deprecated", kernel => kernel.Deprecated ? "deprecated" : ""),
    ]);
}
