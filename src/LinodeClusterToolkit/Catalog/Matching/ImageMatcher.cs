using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Catalog.Matching;

internal sealed class ImageMatcher(IReadOnlyList<Image> offered) : NamedMatcher<Image>("image", offered, Past.Images)
{
    private const string Preferred = "linode/debian12";

    public Image Default => PlainOnesOf("Debian")
        .OrderBy(image => image.Deprecated).ThenByDescending(image => image.HasCloudInit).ThenByDescending(image => image.Id == Preferred)
        .ThenByDescending(Release.Of).FirstOrDefault()
        ?? throw new LinodeToolkitException(CatalogProblems.NotFound("image", "debian", [], "a node that names no image is made from Debian"));

    protected override IEnumerable<string> NamesOf(Image image) => [image.Id[(image.Id.IndexOf('/') + 1)..]];

    // What Linode means to withdraw, and what is the account's own, counts only where nothing else fits.
    protected override int Rank(Image image) => image switch { { IsPublic: false } => 2, { Deprecated: true } => 1, _ => 0 };

    // Who calls an image of their own as a public one is called has to say which is meant.
    protected override int Rank(Image image, MatchKind how) => how == MatchKind.Name && (!image.IsPublic || HasNamesake(image)) ? 0 : Rank(image);

    protected override bool MayBeMeantBy(IReadOnlyList<string> words, Image image) =>
        SpecialWord(image) is not { } special || words.Any(word => word.StartsWith(special, StringComparison.Ordinal));

    protected override IEnumerable<Image> Sorted(IEnumerable<Image> items) =>
        items.OrderBy(image => image.Vendor, StringComparer.Ordinal).ThenByDescending(Release.Of);

    protected override string? Warning(Image image) => image switch
    {
        { Deprecated: true } => $"{image.Id} is deprecated",
        { Status: not "available" } => $"{image.Id} is {image.Status}",
        _ => null,
    };

    protected override Image? SuccessorOf(PastNames row) => SuccessorFrom(row.Vendor);

    protected override Match<Image>? OfferedNoMore(string asked) => base.OfferedNoMore(asked) ?? OlderThanAllOffered(asked);

    /// <summary>A release below the lowest offered of its vendor was withdrawn, even if the old lists do not know it.</summary>
    private Match<Image>? OlderThanAllOffered(string asked)
    {
        var vendor = Offered.Select(image => image.Vendor).OfType<string>().Distinct()
            .FirstOrDefault(name => asked.Contains(name, StringComparison.OrdinalIgnoreCase));
        if (vendor is null || PlainOnesOf(vendor).MinBy(Release.Of) is not { } oldest)
        {
            return null;
        }

        var release = Release.In(asked);
        return release > Release.Unknown && release < Release.Of(oldest)
            ? Retired(asked, SuccessorFrom(vendor), $"the oldest {vendor} offered is {oldest.Label}")
            : null;
    }

    /// <summary>The newest of a vendor; where it has releases with long-term support, the newest of those.</summary>
    private Image? SuccessorFrom(string? vendor) => PlainOnesOf(vendor)
        .OrderBy(image => image.Deprecated).ThenByDescending(image => Words.Of(image.Label).Contains("lts")).ThenByDescending(Release.Of)
        .FirstOrDefault();

    private bool HasNamesake(Image image) => Offered.Any(other => !other.IsPublic && Words.Line(other.Label) == Words.Line(image.Label));

    private IEnumerable<Image> PlainOnesOf(string? vendor) =>
        Offered.Where(image => image.IsPublic && image.Vendor == vendor && SpecialWord(image) is null);

    /// <summary>What must be said to mean a special build: <c>kube</c>, or what follows the id of another image; null for a plain one.</summary>
    private string? SpecialWord(Image image)
    {
        // linode/debian12-kube-v1.33.10, linode/ubuntu24.04-nvidia; but linode/centos-stream9 is no build of linode/centos
        var dash = image.Id.IndexOf('-');
        if (!image.IsPublic || dash < 0)
        {
            return null;
        }

        var special = Words.Of(image.Id[dash..]).FirstOrDefault();
        return special == "kube" || ById(image.Id[..dash]) is not null ? special : null;
    }
}
