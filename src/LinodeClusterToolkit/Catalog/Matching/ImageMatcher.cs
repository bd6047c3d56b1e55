using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Catalog.Matching;

internal sealed class ImageMatcher(IReadOnlyList<Image> offered) : Matcher<Image>("image", offered)
{
    public Image Default => Newest(Offered.Where(image => image.Vendor == "Debian"))
        ?? throw new LinodeToolkitException(CatalogProblems.NotFound("image", "debian", [], "a node that names no image gets Debian"));

    protected override IEnumerable<string> NamesOf(Image image) => [image.Id[(image.Id.IndexOf('/') + 1)..]];

    // What Linode means to withdraw, and what is the account's own, must be said in full where anything else fits.
    protected override int Rank(Image image) => image switch { { IsPublic: false } => 2, { Deprecated: true } => 1, _ => 0 };

    private static Image? Newest(IEnumerable<Image> images) => images
        .OrderBy(image => image.Deprecated).ThenByDescending(image => image.HasCloudInit).ThenByDescending(image => image.Id == "linode/debian12")
        .FirstOrDefault();

    protected override string? Warning(Image image) => image.Deprecated ? $"{image.Id} is deprecated" : null;
}
