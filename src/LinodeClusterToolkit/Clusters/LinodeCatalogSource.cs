using LinodeClusterToolkit.Api;
using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;

namespace LinodeClusterToolkit.Clusters;

/// <summary>Where the catalogue comes from: the cache while it is fresh, else the API, else an old cache, else what is built in.</summary>
/// <param name="cloud">The API.</param>
/// <param name="cache">The cache.</param>
/// <param name="marks">Whose images are left out: those with marks of others; null leaves none out.</param>
internal sealed class LinodeCatalogSource(ILinodeCloud cloud, CatalogCache cache, ImageMarks? marks = null)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);
    private LinodeCatalog? known;

    /// <summary>Why the catalogue in use is not today's; null where it is, or where nothing was asked for yet.</summary>
    public Problem? Warning { get; private set; }

    /// <summary>The catalogue.</summary>
    /// <param name="refresh">True asks the API in any case, and fails where it cannot be reached.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<LinodeCatalog> GetAsync(bool refresh, CancellationToken cancellation)
    {
        if (known is not null && !refresh)
        {
            return known;
        }

        var offer = await OfferAsync(refresh, cancellation).ConfigureAwait(false);
        return known = new LinodeCatalog(offer with { Abilities = cloud.Abilities });
    }

    /// <summary>The catalogue without a request: for prices of what is listed.</summary>
    public LinodeCatalog Offline() => known ?? new LinodeCatalog(cache.TryRead(TimeSpan.MaxValue).Offer ?? LinodeCatalog.BuiltIn.Offer);

    private async Task<LinodeOffer> OfferAsync(bool refresh, CancellationToken cancellation)
    {
        if (!refresh && cache.TryRead(Fresh).Offer is { } cached)
        {
            return cached;
        }

        try
        {
            var offer = Own(await cloud.GetOfferAsync(cancellation).ConfigureAwait(false));
            cache.Write(offer);
            return offer;
        }
        catch (LinodeToolkitException unreachable) when (!refresh)
        {
            // Validating a plan must work offline; a call that makes something meets the same trouble and stops there.
            var offer = cache.TryRead(TimeSpan.MaxValue).Offer ?? LinodeCatalog.BuiltIn.Offer;
            Warning = ClusterProblems.OldCatalogue(offer.AsOf, unreachable.Problem);
            return offer;
        }
    }

    private LinodeOffer Own(LinodeOffer offer) => marks is null || !offer.Images.Any(image => marks.IsOthers(image.Tags)) ? offer
        : offer with { Images = [.. offer.Images.Where(image => !marks.IsOthers(image.Tags))] };
}
