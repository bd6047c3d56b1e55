namespace LinodeClusterToolkit.Catalog.Matching;

internal sealed class TypeMatcher(IReadOnlyList<NodeType> offered) : Matcher<NodeType>("type", offered)
{
    protected override IEnumerable<string> NamesOf(NodeType type) => [type.Class];

    protected override int Rank(NodeType type) => type.Successor is null ? 0 : 1;

    protected override IEnumerable<NodeType> Sorted(IEnumerable<NodeType> items) => items.OrderBy(type => type.Price.Hourly);
}
