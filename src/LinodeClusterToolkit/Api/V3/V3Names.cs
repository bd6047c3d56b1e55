using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Catalog.Matching;

namespace LinodeClusterToolkit.Api.V3;

/// <summary>What version 4 calls the things that version 3 has numbers for: plans, records and exports know them by those names alone.</summary>
/// <remarks>
/// The numbers of types meant another size every other year, so that a type is known by its size. An account that offers those of 2017 is of that
/// time in the names of its regions and kernels as well.
/// </remarks>
internal sealed class V3Names(bool isOf2017)
{
    private static readonly LinodeOffer Today = LinodeCatalog.BuiltIn.Offer;

    /// <summary>Whether these types are those of 2017.</summary>
    public static bool AreOf2017(IEnumerable<(string Label, int MemoryMb, int DiskMb)> types) =>
        types.Any(type => TodaysType(type.Label, type.MemoryMb, type.DiskMb) is null && PastType(type.MemoryMb, type.DiskMb) is not null);

    /// <summary>Name of a region.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="place">Its place in words.</param>
    /// <param name="abbreviation">Its abbreviation.</param>
    public string Region(long number, string place, string abbreviation) =>
        NameThen(Past.Regions.Find($"{number}") ?? Past.Regions.Find(abbreviation))
        ?? (LinodeCatalog.BuiltIn.FindRegion(place) as Match<Region>.Found)?.Item.Id
        ?? abbreviation;

    /// <summary>Name of a type.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="label">Its label.</param>
    /// <param name="memoryMb">Memory.</param>
    /// <param name="diskMb">Disk.</param>
    public static string Type(long number, string label, int memoryMb, int diskMb) =>
        TodaysType(label, memoryMb, diskMb)?.Id ?? PastType(memoryMb, diskMb)?.Id ?? $"v3-plan-{number}";

    /// <summary>Name of an image that the platform brings. Its number stays where a rolling distribution is labelled anew.</summary>
    public static string Image(long number, string label) =>
        Past.Images.Find($"{number}")?.Ids.FirstOrDefault()
        ?? Today.Images.FirstOrDefault(image => image.IsPublic && image.Label.Equals(label, StringComparison.OrdinalIgnoreCase))?.Id
        ?? $"linode/{string.Concat(label.ToLowerInvariant().Where(sign => char.IsAsciiLetterOrDigit(sign) || sign == '.'))}";

    /// <summary>Name of a kernel.</summary>
    public string Kernel(long number, string label) =>
        NameThen(Past.Kernels.Find($"{number}"))
        ?? Today.Kernels.FirstOrDefault(kernel => kernel.Label.Equals(label, StringComparison.OrdinalIgnoreCase))?.Id
        ?? $"linode/{label.ToLowerInvariant().Replace(' ', '-')}";

    private static NodeType? TodaysType(string label, int memoryMb, int diskMb) => Today.Types.FirstOrDefault(type =>
        type.MemoryMb == memoryMb && type.DiskMb == diskMb && type.Label.Equals(label, StringComparison.OrdinalIgnoreCase));

    // Of several of one size the last that was sold.
    private static PastType? PastType(int memoryMb, int diskMb) =>
        Past.Types.Rows.LastOrDefault(type => type.MemoryMb == memoryMb && type.DiskMb == diskMb);

    // Images of several names had their first one then too; the others are of other years.
    private string? NameThen(PastNames? row) => isOf2017 ? row?.Ids.LastOrDefault() : row?.Ids.FirstOrDefault();
}
