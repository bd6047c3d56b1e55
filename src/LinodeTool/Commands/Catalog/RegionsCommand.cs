using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class RegionsCommand
{
    public static Verb Create() => CatalogCommand.Create(
        "regions", "List regions",
        new Guide("To find where nodes can be.", ["regions", "regions newark", "regions de -o json"], ["types", "images", "node create"]),
        catalog => catalog.Offer.Regions.Select(RegionDocument.From),
        region => $"{region.Id} {region.Label} {region.Country}",
        (catalog, query) => RegionDocument.From(catalog.FindRegion(query).OrThrow()),
        () => CatalogView.Regions);
}
