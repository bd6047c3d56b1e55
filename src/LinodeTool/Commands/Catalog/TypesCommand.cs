using LinodeTool.Grammar;
using LinodeTool.Views;

namespace LinodeTool.Commands;

internal static class TypesCommand
{
    public static Verb Create() => CatalogCommand.Create(
        "types", "List node types and their prices",
        new Guide("To find a size and what it costs.", ["types", "types 1gb", "types dedicated -o wide"], ["regions", "images", "node create"]),
        catalog => catalog.Offer.Types.Select(TypeDocument.From),
        type => $"{type.Id} {type.Label} {type.Class}",
        (catalog, query) => TypeDocument.From(catalog.FindType(query).OrThrow()),
        () => CatalogView.Types);
}
