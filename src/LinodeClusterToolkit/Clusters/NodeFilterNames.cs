using LinodeClusterToolkit.Catalog;
using LinodeClusterToolkit.Diagnostics;
using LinodeClusterToolkit.Inventory.Queries;

namespace LinodeClusterToolkit.Clusters;

/// <summary>A name in a query that the catalogue does not know, or knows several things by.</summary>
internal sealed record DoubtfulName(NodeField Field, string Value, int At, Problem Problem);

/// <summary>Brings a query to what records hold: regions, types and images by any of their names, prices by the types that have them.</summary>
internal sealed class NodeFilterNames(LinodeCatalog catalog)
{
    private readonly List<DoubtfulName> doubtful = [];

    /// <summary>Names compared as they are written, which is right only where a record has them so.</summary>
    public IReadOnlyList<DoubtfulName> Doubtful => doubtful;

    /// <summary>What one comparison of a query means.</summary>
    public Condition Resolve(Condition part) => part switch
    {
        Condition.Among { Field.Kind: FieldKind.Offered } named => named with
        {
            Values = [.. named.Values.SelectMany((value, place) => Ids(named, (string)value, place))],
        },
        Condition.Compared { Value: decimal amount } price =>
            Costing(price.Field, cost => Condition.Compared.Holds(price.Relation, cost.CompareTo(amount))),
        Condition.Missing { Field: { Kind: FieldKind.Money } money } => new Condition.Not(Costing(money, _ => true)),
        _ => part,
    };

    // The text itself stays beside the id it stands for: records may be of a time when it was one.
    private IEnumerable<object> Ids(Condition.Among named, string value, int place)
    {
        var (id, problem) = named.Field == NodeFields.Region ? Find(catalog.FindRegion(value), value)
            : named.Field == NodeFields.Type ? Find(catalog.FindType(value), value)
            : Find(catalog.FindImage(value), value);
        if (problem is not null && named.At.Count > place)
        {
            doubtful.Add(new(named.Field, value, named.At[place], problem));
        }

        return id is null || id == value ? [value] : [id, value];
    }

    private static (string? Id, Problem? Problem) Find<T>(Match<T> match, string value)
        where T : class, ICatalogEntry => match switch
        {
            Match<T>.Found found => (found.Item.Id, null),
            Match<T>.Ambiguous several => (null, several.Problem),

            // An id nobody knows here may be right all the same: a private image, a type of old. That no node has it is an answer.
            Match<T>.NotFound { Nearest.Count: 0 } => (null, null),
            Match<T>.Retired when IsLikeId(value) => (null, null),
            _ => (null, match.Problem),
        };

    private static bool IsLikeId(string value) => !value.Contains(' ') && value.AsSpan().ContainsAny('-', '/');

    /// <summary>Nodes whose type costs so: those of regions with prices of their own apart from all others.</summary>
    private Condition.Any Costing(NodeField field, Func<decimal, bool> fits)
    {
        decimal Amount(Price price) => field.Name == "price" ? price.Hourly : price.PerMonth;
        List<object> TypesIn(string region) => [.. catalog.Offer.Types.Where(type => fits(Amount(Costs.Node(type, region)))).Select(type => type.Id)];
        var own = catalog.Offer.Types.SelectMany(type => type.RegionPrices.Keys)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList<object>();
        var elsewhere = new Condition.Among(NodeFields.Type, TypesIn(""));
        return new([
            own.Count == 0 ? elsewhere : new Condition.All([new Condition.Not(new Condition.Among(NodeFields.Region, own)), elsewhere]),
            .. own.Select(region => new Condition.All(
                [new Condition.Among(NodeFields.Region, [region]), new Condition.Among(NodeFields.Type, TypesIn((string)region))])),
        ]);
    }
}
