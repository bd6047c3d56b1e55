namespace LinodeClusterToolkit.Catalog.Matching;

internal sealed class TypeMatcher(IReadOnlyList<NodeType> offered) : Matcher<NodeType>("type", offered)
{
    protected override IEnumerable<string> NamesOf(NodeType type) => [type.Class];

    protected override int Rank(NodeType type) => type.Successor is null ? 0 : 1;

    protected override IEnumerable<NodeType> Sorted(IEnumerable<NodeType> items) => items.OrderBy(type => type.Price.Hourly);

    protected override string Detail(NodeType type) => $"{type.Label}: {Terms(type.MemoryMb, type.Price.PerMonth)}";

    protected override string? Warning(NodeType type) => type.Successor is { } next ? $"{type.Id} is sold no more, its successor is {next}" : null;

    protected override Match<NodeType>? FromThePast(string asked)
    {
        if (Past.Types.Find(asked) is not { } old)
        {
            return null;
        }

        if (ById(old.Id) is { } same)
        {
            return Found(same, MatchKind.Legacy, asked);
        }

        var next = (old.Successor is { } id ? ById(id) : null) ?? SmallestWithRoomFor(old);
        var was = $"{old.Id} had {Terms(old.MemoryMb, old.Monthly)}";
        return next is null
            ? Retired(asked, null, $"{was}, and no type has as much memory and disk")
            : Found(next, MatchKind.Legacy, asked, $"{was}, this has {Terms(next.MemoryMb, next.Price.PerMonth)}");
    }

    protected override Match<NodeType>? BySpecialRule(string asked) => TypeQuery.Read(asked, Offered) switch
    {
        null => null,
        { Trouble: { } trouble } => None(asked, [], trouble),
        { IsSizeOnly: true } query => BySize(query, asked),
        { } query => ByAttributes(query, asked),
    };

    /// <summary>A bare size is a name, so it is met exactly; the shared-CPU types are the ones commonly called by their size.</summary>
    private Match<NodeType> BySize(TypeQuery query, string asked)
    {
        var exact = Offered.Where(query.MeetsExactly).ToArray();
        var shared = query.SaysClass ? [] : exact.Where(TypeQuery.IsShared).ToArray();
        return OneOf(shared.Length > 0 ? shared : exact, MatchKind.Size, asked)
            ?? None(
                asked,
                Offered.Where(query.Meets).OrderBy(query.Excess).ThenBy(type => type.Price.Hourly).Select(type => type.Id),
                $"no such type has exactly {Figures.Memory(query.MemoryMb)}; with ram: before the size the nearest above is taken");
    }

    /// <summary>Attributes are needs: met exactly, else by the least type that meets them. Only a price must be met exactly.</summary>
    private Match<NodeType> ByAttributes(TypeQuery query, string asked)
    {
        if (OneOf(Offered.Where(query.MeetsExactly), MatchKind.Attribute, asked) is { } exact)
        {
            return exact;
        }

        var above = Offered.Where(query.Meets).GroupBy(query.Excess).MinBy(group => group.Key) ?? Enumerable.Empty<NodeType>();
        return OneOf(above, MatchKind.Attribute, asked, type => $"the nearest at or above; {Detail(type)}")
            ?? None(
                asked,
                Offered.Where(query.MeetsAtAnyPrice).Where(type => type.Price.PerMonth >= query.Monthly).OrderBy(type => type.Price.PerMonth)
                    .Select(type => type.Id),
                query.Monthly is { } price ? $"nothing that fits costs {Figures.Dollars(price)} a month" : "no type has that much");
    }

    private NodeType? SmallestWithRoomFor(PastType old) => Offered
        .Where(type => type.Gpus == 0 && type.MemoryMb >= old.MemoryMb && type.DiskMb >= old.DiskMb).MinBy(type => type.Price.Hourly);

    private static string Terms(int memoryMb, decimal monthly) => $"{Figures.Memory(memoryMb)}, {Figures.Dollars(monthly)} a month";
}
