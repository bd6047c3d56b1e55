namespace LinodeClusterToolkit.Catalog.Matching;

internal sealed class RegionMatcher(IReadOnlyList<Region> offered) : NamedMatcher<Region>("region", offered, Past.Regions)
{
    /// <summary>The city: <c>Washington 2</c> of <c>Washington 2, DC</c>.</summary>
    protected override IEnumerable<string> NamesOf(Region region) => [region.Label.Split(',')[0]];

    // Distributed sites take few kinds of work: nobody who says only half a name means one where a core region fits.
    protected override int Rank(Region region) => region.SiteType == "core" ? 0 : 1;

    protected override string? Warning(Region region) => region.Status == "ok" ? null : $"{region.Id} reports: {region.Status}";
}
