using LinodeClusterToolkit.Catalog.Matching;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Catalog;

/// <summary>Finds regions, types, images and kernels by the names people and old plans use.</summary>
/// <remarks>
/// In this order: exact id; id or number of an older API; label, city or memory size; all words contained; the only name that begins so.
/// A looser way is tried only where the stricter ones find nothing at all.
/// </remarks>
public sealed class LinodeCatalog(LinodeOffer offer)
{
    private readonly RegionMatcher regions = new(offer.Regions);
    private readonly TypeMatcher types = new(offer.Types);
    private readonly ImageMatcher images = new(offer.Images);
    private readonly KernelMatcher kernels = new(offer.Kernels);

    /// <summary>The lists shipped with this library: good without a network, as old as their <see cref="LinodeOffer.AsOf"/>.</summary>
    public static LinodeCatalog BuiltIn { get; } = new(new LinodeOffer(
        EmbeddedData.List("regions", () => OfferJsonContext.Default.IReadOnlyListRegion),
        EmbeddedData.List("types", () => OfferJsonContext.Default.IReadOnlyListNodeType),
        EmbeddedData.List("images", () => OfferJsonContext.Default.IReadOnlyListImage),
        EmbeddedData.List("kernels", () => OfferJsonContext.Default.IReadOnlyListKernel),
        new DateTimeOffset(2024, 7, 11, 0, 0, 0, TimeSpan.Zero))); // the types; regions and images are of 2026

    /// <summary>What is offered.</summary>
    public LinodeOffer Offer => offer;

    /// <summary>The image for a node that names none: Debian 12, or else the newest Debian, with cloud-init where there is one.</summary>
    /// <exception cref="LinodeToolkitException">The offer holds no Debian.</exception>
    public Image DefaultImage => images.Default;

    /// <summary>Finds a region: <c>us-east</c>, <c>us-east-1a</c>, <c>newark</c>, <c>6</c>.</summary>
    public Match<Region> FindRegion(string text) => regions.Find(text);

    /// <summary>Finds a type: <c>g6-standard-1</c>, <c>g5-standard-1</c>, <c>Linode 2GB</c>, <c>1gb</c>, <c>ram:80GB, vcpus:8</c>.</summary>
    /// <remarks>
    /// A memory size alone means the shared-CPU types (nanode, standard) where one has exactly that memory; with <c>dedicated</c>,
    /// <c>premium</c>, <c>highmem</c> or <c>gpu</c> it means that class. Attributes (<c>ram:</c>, <c>disk:</c>, <c>vcpus:</c>, <c>gpus:</c>)
    /// are met exactly or else by the nearest type above; <c>price:</c>, in dollars a month, is met exactly or not at all. What is found
    /// never has less memory than asked for, and 1 GB is 1024 MB.
    /// </remarks>
    public Match<NodeType> FindType(string text) => types.Find(text);

    /// <summary>Finds an image: <c>linode/debian12</c>, <c>debian 12</c>, <c>ubuntu 24.04 lts</c>, <c>146</c>.</summary>
    /// <remarks>Special builds, such as those for Kubernetes, are meant only where the text says so (<c>kube</c>).</remarks>
    public Match<Image> FindImage(string text) => images.Find(text);

    /// <summary>Finds a kernel: <c>linode/grub2</c>, <c>latest 64 bit</c>, <c>138</c>.</summary>
    public Match<Kernel> FindKernel(string text) => kernels.Find(text);
}
