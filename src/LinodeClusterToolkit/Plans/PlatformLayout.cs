using LinodeClusterToolkit.Catalog;

namespace LinodeClusterToolkit.Plans;

/// <summary>The disks of a node whose plan names none: one for the image and one for swap.</summary>
internal static class PlatformLayout
{
    /// <summary>Swap, as the platform makes it.</summary>
    public const int SwapMb = 512;

    /// <summary>Disks to make; none where the platform itself makes them.</summary>
    /// <param name="diskMb">Room of the node.</param>
    /// <param name="abilities">What the API can do.</param>
    public static IReadOnlyList<ResolvedDisk> Of(int diskMb, ApiAbilities abilities) => abilities.ImagesAtCreation ? [] :
    [
        new("boot", diskMb - SwapMb, "ext4", Boot: true), new("swap", SwapMb, "swap", Boot: false),
    ];
}
