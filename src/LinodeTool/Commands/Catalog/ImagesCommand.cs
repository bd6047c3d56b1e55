using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class ImagesCommand
{
    public static Verb Create()
    {
        var verb = CatalogCommand.Create(
            "images", "List images (distributions)",
            new Guide(
                "To find what a node can boot.", ["images", "images ubuntu", "distributions 'debian 12' -o name"], ["regions", "types", "node create"]),
            catalog => catalog.Offer.Images.Select(ImageDocument.From),
            image => $"{image.Id} {image.Label} {image.Vendor}",
            (catalog, query) => ImageDocument.From(catalog.FindImage(query).OrThrow()),
            () => CatalogView.Images);
        verb.Aliases.Add("distributions");
        return verb;
    }
}
